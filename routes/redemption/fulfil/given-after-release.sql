-- A redemption of the last month that was released, and whose sale was completed all the same, is flagged: the customer may have the discount. Where the make shows discounts, it has to be among them;
-- where it does not, what the caller released is taken at its word. A selection that expired without a sale has any sale of its customer without a note that shows its discount. Not where another
-- redemption stands for the discount, nor what comes back because its own sale was completed in time.
with released as (
    select r.redemption_id, r.connection, r.location, r.transaction_id, r.note, r.customer_key, r.discount_id, r.pos_discount_id, r.reason, r.queued_at,
           case when r.reason = 'expired' then r.expires_at else r.queued_at - :#skew_ms end as own_after,
           case when r.model = 'INFORMATIONAL' and r.reason = 'expired' and r.transaction_id is null and coalesce(r.redeems, '') <> 'pos-native' then 1 else 0 end as any_sale
      from redemption r
     where r.connection = :#connection and r.status = 'RELEASED' and r.expires_at > :#now - 2592000000 and r.reason in ('expired', 'sale reversed', 'by the caller')
       and r.model in ('POS', 'INFORMATIONAL') and (r.flag is null or r.flag <> 'sale-after-release')),
  sale as (
    select r.redemption_id, r.connection, r.location, r.transaction_id, r.own_after as after_at, 1 as own, r.discount_id, r.pos_discount_id, r.reason from released r where r.transaction_id is not null
    union all
    select r.redemption_id, r.connection, r.location, n.transaction_id, r.own_after, 1, r.discount_id, r.pos_discount_id, r.reason
      from released r join sale_note n on n.connection = r.connection and n.location = r.location and n.note = r.note where r.transaction_id is null
    union all
    select r.redemption_id, r.connection, r.location, p.transaction_id, r.queued_at, 0, r.discount_id, r.pos_discount_id, r.reason
      from released r join contact c on c.customer_key = r.customer_key join pos_transaction p on p.connection = r.connection and p.phone = c.phone and p.discount_ids is not null where r.any_sale = 1
    union all
    select r.redemption_id, r.connection, r.location, e.transaction_id, r.queued_at, 0, r.discount_id, r.pos_discount_id, r.reason
      from released r join contact c on c.customer_key = r.customer_key join pos_transaction e on e.connection = r.connection and e.email = c.email and e.discount_ids is not null where r.any_sale = 1)
update redemption set flag = 'sale-after-release', updated_at = :#now
 where redemption_id in (
   select s.redemption_id from sale s join completed_sale t on t.connection = s.connection and t.location = s.location and t.transaction_id = s.transaction_id
    where t.completed_at > s.after_at and (s.own = 1 or t.note is null)
      and (t.discount_ids is null and coalesce(t.discount_total, 1) <> 0 and s.reason <> 'by the caller'
        or replace(',' || replace(t.discount_ids, ' ', '') || ',', ',' || s.pos_discount_id || ',', '') <> ',' || replace(t.discount_ids, ' ', '') || ','
        or replace(',' || replace(t.discount_ids, ' ', '') || ',', ',' || s.discount_id || ',', '') <> ',' || replace(t.discount_ids, ' ', '') || ',')
      and not exists (select 1 from redemption o where o.connection = t.connection and o.location = t.location and o.transaction_id = t.transaction_id and o.discount_id = s.discount_id and o.status <> 'RELEASED'))
