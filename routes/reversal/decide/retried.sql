-- A person wants AIQ asked: the parked reversal is wanted now.
update reversal set status = 'WANTED', next_attempt_at = :#now, reason = null, last_error = null, unknown_since = null, absent_since = null, updated_at = :#now
 where reversal_id = :#reversal_id and status = 'PARKED' and updated_at = :#version
