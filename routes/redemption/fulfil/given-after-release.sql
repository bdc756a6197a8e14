-- A redemption of the last month that was released, and whose sale was completed all the same, is flagged: the customer may have the discount. Where the make shows discounts, it has to be among them;
-- where it does not, what the caller released is taken at its word. Not where another redemption stands for the discount, nor what comes back because its sale was completed in time.
update redemption set flag = 'sale-after-release', updated_at = :#now
 where connection = :#connection and status = 'RELEASED' and expires_at > :#now - 2592000000 and reason in ('expired', 'sale reversed', 'by the caller') and model in ('POS', 'INFORMATIONAL')
   and (flag is null or flag <> 'sale-after-release')
   and exists (select 1 from completed_sale t where t.connection = redemption.connection and t.location = redemption.location
                and (t.transaction_id = redemption.transaction_id or redemption.transaction_id is null and t.note = redemption.note)
                and t.completed_at > redemption.queued_at - :#skew_ms and (redemption.reason <> 'expired' or t.completed_at > redemption.expires_at)
                and (t.discount_ids is null and coalesce(t.discount_total, 1) <> 0 and redemption.reason <> 'by the caller'
                  or replace(',' || replace(t.discount_ids, ' ', '') || ',', ',' || redemption.pos_discount_id || ',', '') <> ',' || replace(t.discount_ids, ' ', '') || ','
                  or replace(',' || replace(t.discount_ids, ' ', '') || ',', ',' || redemption.discount_id || ',', '') <> ',' || replace(t.discount_ids, ' ', '') || ',')
                and not exists (select 1 from redemption o where o.connection = t.connection and o.location = t.location and o.transaction_id = t.transaction_id
                                   and o.discount_id = redemption.discount_id and o.status <> 'RELEASED'))
