-- A waiting redemption whose note is on exactly one completed sale has that sale's id; one that expired has it, too, for a sale that is received late. Shoppers can type notes: a shop's counts only within
-- its life. So does a note as people write it, and only where none has it in our own spelling.
update redemption set transaction_id = (select min(t.transaction_id) from noted_sale t where t.connection = redemption.connection and t.location = redemption.location and t.note = redemption.note
             and t.completed_at > redemption.queued_at - :#skew_ms and (redemption.storefront is null and t.exact = 1 or t.completed_at <= redemption.expires_at)
             and t.exact = (select max(x.exact) from noted_sale x where x.connection = redemption.connection and x.location = redemption.location and x.note = redemption.note
                               and x.completed_at > redemption.queued_at - :#skew_ms)), updated_at = :#now
 where transaction_id is null and (status in ('QUEUED', 'SELECTED') or status = 'RELEASED' and reason = 'expired') and redemption_id in (
     select w.redemption_id from redemption w where w.connection = :#connection and w.status in ('QUEUED', 'SELECTED')
     union all
     select e.redemption_id from redemption e where e.connection = :#connection and e.status = 'RELEASED' and e.reason = 'expired' and e.expires_at > :#now - 2592000000)
   and 1 = (select count(distinct t.sale) from noted_sale t where t.connection = redemption.connection and t.location = redemption.location and t.note = redemption.note
                and t.completed_at > redemption.queued_at - :#skew_ms and (redemption.storefront is null and t.exact = 1 or t.completed_at <= redemption.expires_at)
                and t.exact = (select max(x.exact) from noted_sale x where x.connection = redemption.connection and x.location = redemption.location and x.note = redemption.note
                                  and x.completed_at > redemption.queued_at - :#skew_ms))
   and not exists (select 1 from redemption o join noted_sale t on o.connection = t.connection and o.location = t.location and o.transaction_id = t.transaction_id
                    where t.connection = redemption.connection and t.location = redemption.location and t.note = redemption.note and o.discount_id = redemption.discount_id and o.status <> 'RELEASED')
