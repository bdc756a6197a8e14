-- Every waiting redemption of the connection whose sale is completed may be sent. Due is a join on state, not an event.
-- One that expired comes back when its sale was completed before that and is heard later. A discount that the sale does not show is flagged.
update redemption set status = 'DUE', due_at = :#now, next_attempt_at = :#now, updated_at = :#now,
       completed_at = (select t.completed_at from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id),
       flag = case when exists (select 1 from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id
                and ((t.discount_ids is not null and replace(',' || replace(t.discount_ids, ' ', '') || ',', ',' || coalesce(redemption.pos_discount_id, redemption.discount_id) || ',', '') = ',' || replace(t.discount_ids, ' ', '') || ',')
                  or (t.discount_ids is null and t.discount_total = 0))) then 'discount-not-on-sale' else flag end
 where redemption_id in (
     select w.redemption_id from redemption w where w.connection = :#connection and w.status in ('QUEUED', 'SELECTED')
     union all
     select x.redemption_id from redemption x where x.connection = :#connection and x.status = 'RELEASED' and x.reason = 'expired' and x.expires_at > :#now - 2592000000)
   and model <> 'IMMEDIATE'
   and exists (select 1 from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id
                and t.status = 'COMPLETED' and t.total >= 0 and t.completed_at > redemption.queued_at - :#skew_ms
                and (redemption.status <> 'RELEASED' or t.completed_at <= redemption.expires_at))
