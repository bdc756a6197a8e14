-- The cart says how its sending ended.
update cart set send_status = :#next, send_reason = :#reason, last_error = case when :#next = 'SENT' then null else :#detail end, next_attempt_at = :#next_attempt_at, updated_at = :#now
 where connection = :#connection and cart_id = :#cart_id and send_status = 'SENDING' and attempts = :#attempts and :#next in ('SENT', 'WAITING', 'UNCLEAR', 'SUPPRESSED')
