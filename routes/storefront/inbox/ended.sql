-- The delivery is DONE, IGNORED or PARKED, or waits for its next attempt; and why.
update inbox set status = :#status, attempts = :#attempts, next_attempt_at = :#next_attempt_at, last_error = :#last_error, updated_at = :#now
 where inbox_id = :#inbox_id and status = 'HEARD'
