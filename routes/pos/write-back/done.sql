-- The till shows it, unless something newer is wanted by now.
update write_back set status = 'DONE', last_error = null, attempts = attempts + 1, updated_at = :#now
 where redemption_id = :#redemption_id and status = 'WANTED' and points = :#own_points
