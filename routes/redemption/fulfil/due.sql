-- Every waiting redemption of the connection whose sale is completed may be sent. Due is a join on state, not an event.
update redemption set status = 'DUE', due_at = :#now, next_attempt_at = :#now, updated_at = :#now,
       completed_at = (select t.completed_at from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id)
 where connection = :#connection and status in ('QUEUED', 'SELECTED') and model <> 'IMMEDIATE'
   and exists (select 1 from completed_sale t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id
                and t.completed_at > redemption.queued_at - :#skew_ms)
