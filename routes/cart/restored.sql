-- The database was restored: the carts known to it may have been sent since, and for carts there is no evidence; none of them is sent any longer.
update cart set send_status = 'SUPPRESSED', send_reason = 'the database was restored', updated_at = :#now where send_status = 'WAITING' or send_status is null and closed_by is null
