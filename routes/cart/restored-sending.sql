-- The database was restored: a cart that was being sent may have been, and is never sent again.
update cart set send_status = 'UNCLEAR', last_error = 'the database was restored', updated_at = :#now where send_status = 'SENDING'
