-- A person must look; the reason stands in the row.
update redemption set status = 'PARKED', reason = :#reason, last_error = :#detail, lease_owner = null, lease_until = null, updated_at = :#now
 where redemption_id = :#redemption_id and status = 'EXECUTING' and fence = :#fence
