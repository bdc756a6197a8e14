-- The caller gave it up before anything was due.
update redemption set status = 'RELEASED', reason = 'by the caller', updated_at = :#now
 where redemption_id = :#redemption_id and connection = :#connection and status in ('QUEUED', 'SELECTED')
