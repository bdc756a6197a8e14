-- What AIQ refused, or a person left as taken, waits for a person again.
update reversal set status = 'PARKED' where reversal_id = :#reversal_id and status = 'REJECTED' and updated_at = :#version
