-- A person saw in AIQ that the points of the parked redemption were taken.
update redemption set status = 'EXECUTED', aiq_redemption_id = :#aiq_redemption_id, reason = null, last_error = null, restored_from = null, updated_at = :#now
 where redemption_id = :#redemption_id and status = 'PARKED' and updated_at = :#version
