-- Every waiting redemption of the connection whose sale is completed may be sent. Due is a join on state, not an event.
-- Those that expired come back, one a poll, when their sale was completed before that and is heard later. A discount that the sale does not show is flagged.
update redemption set status = 'DUE', due_at = :#now, next_attempt_at = :#now, updated_at = :#now,
       completed_at = (select t.completed_at from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id),
       flag = case when exists (select 1 from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id
                and ((t.discount_ids is not null and replace(',' || replace(t.discount_ids, ' ', '') || ',', ',' || coalesce(redemption.pos_discount_id, redemption.discount_id) || ',', '') = ',' || replace(t.discount_ids, ' ', '') || ',')
                  or (t.discount_ids is null and t.discount_total = 0))) then 'discount-not-on-sale' else flag end
 where (status in ('QUEUED', 'SELECTED') or status = 'RELEASED' and reason = 'expired') and redemption_id in (
     select w.redemption_id from redemption w where w.connection = :#connection and w.status in ('QUEUED', 'SELECTED')
     union all
     select e.redemption_id from (
       select x.redemption_id from redemption x join pos_transaction s on s.connection = x.connection and s.location = x.location and s.transaction_id = x.transaction_id
        where x.connection = :#connection and x.status = 'RELEASED' and x.reason = 'expired' and x.expires_at > :#now - 2592000000
          and s.status = 'COMPLETED' and s.total >= 0 and s.completed_at <= x.expires_at
          and not exists (select 1 from redemption o where o.connection = x.connection and o.location = x.location and o.transaction_id = x.transaction_id and o.discount_id = x.discount_id and o.status <> 'RELEASED')
          and not exists (select 1 from redemption o where o.account_id = x.account_id and o.customer_key = x.customer_key and o.discount_id = x.discount_id and o.reusable = 0
                            and o.status in ('QUEUED', 'SELECTED', 'DUE', 'EXECUTING', 'UNKNOWN', 'PARKED'))
        order by x.queued_at limit 1) e)
   and model <> 'IMMEDIATE'
   and exists (select 1 from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id
                and t.status = 'COMPLETED' and t.total >= 0 and t.completed_at > redemption.queued_at - :#skew_ms
                and (redemption.status <> 'RELEASED' or t.completed_at <= redemption.expires_at))
