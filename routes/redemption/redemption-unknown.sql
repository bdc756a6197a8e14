-- Bytes left and no clear answer came: only evidence moves it now.
update redemption set status = 'UNKNOWN', unknown_since = :#now, last_error = :#detail, lease_owner = null, lease_until = null, updated_at = :#now
 where redemption_id = :#redemption_id and status = 'EXECUTING' and fence = :#fence
