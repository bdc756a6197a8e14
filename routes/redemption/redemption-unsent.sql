-- AIQ certainly did not run it: due again, and waiting burns nothing.
update redemption set status = 'DUE', next_attempt_at = :#next_attempt_at, last_error = :#detail, lease_owner = null, lease_until = null, updated_at = :#now
 where redemption_id = :#redemption_id and status = 'EXECUTING' and fence = :#fence
