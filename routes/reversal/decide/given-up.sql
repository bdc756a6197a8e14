-- A person gave the reversal up, whether it was parked or AIQ refused it: the points stay taken.
update reversal set status = 'REJECTED', reason = 'left as taken', updated_at = :#now
 where reversal_id = :#reversal_id and status in ('PARKED', 'REJECTED') and coalesce(reason, '') <> 'left as taken' and updated_at = :#version
