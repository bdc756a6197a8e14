-- What no sale completed in time is released; a sale completed before that and received later brings it back.
update redemption set status = 'RELEASED', reason = 'expired', updated_at = :#now
 where status in ('QUEUED', 'SELECTED') and expires_at <= :#now
