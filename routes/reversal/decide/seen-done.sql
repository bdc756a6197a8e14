-- A person saw in AIQ that the points of the parked reversal are back.
update reversal set status = 'DONE', reason = null, last_error = null, updated_at = :#now where reversal_id = :#reversal_id and status = 'PARKED' and updated_at = :#version
