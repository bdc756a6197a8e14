-- What was never rung up in time is given up; a sale completed before and heard later brings it back.
update redemption set status = 'RELEASED', reason = 'expired', updated_at = :#now
 where status in ('QUEUED', 'SELECTED') and expires_at <= :#now
