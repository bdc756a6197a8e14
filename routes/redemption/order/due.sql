-- What waits for the payment of its order may be sent once that is paid.
update redemption set status = 'DUE', due_at = :#now, next_attempt_at = :#now, completed_at = :#now, updated_at = :#now
 where status = 'QUEUED' and model = 'PAID' and redemption_id in (select x.redemption_id from redemption_order x where x.connection = :#connection and x.order_id = :#order_id and x.standing = 1 and x.paid = 1)
