-- A person gave the parked reversal up: the points stay taken.
update reversal set status = 'REJECTED', reason = 'given up', updated_at = :#now where reversal_id = :#reversal_id and status = 'PARKED' and updated_at = :#version
