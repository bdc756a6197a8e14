-- Bytes left and no whole 2xx came: only AIQ's own records move it now, which are first asked at next_attempt_at.
update redemption set status = 'UNKNOWN', unknown_since = :#now, next_attempt_at = :#next_attempt_at, absent_since = null, lists_silent_since = null, contact_changed_since = null, last_error = :#detail, lease_owner = null, lease_until = null, updated_at = :#now
 where redemption_id = :#redemption_id and status = 'EXECUTING' and fence = :#fence
