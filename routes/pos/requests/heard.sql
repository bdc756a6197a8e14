-- The connection's request table was read.
update pos_poll set requests_error = null, updated_at = :#now where connection = :#connection and requests_error is not null
