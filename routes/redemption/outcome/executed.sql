-- AIQ took the points. An answer that comes late settles an UNKNOWN of the same attempt too, also one that already waits for a person: no evidence is better.
update redemption set status = 'EXECUTED', aiq_redemption_id = :#aiq_redemption_id, lease_owner = null, lease_until = null, reason = null, last_error = null, updated_at = :#now
 where redemption_id = :#redemption_id and (status in ('EXECUTING', 'UNKNOWN') or status = 'PARKED' and reason = 'unclear') and fence = :#fence
