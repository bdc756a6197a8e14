-- The connection could not be polled, and why.
insert into pos_poll (connection, watermark, last_error, listened_since, updated_at) values (:#connection, :#now, :#last_error, :#now, :#now)
on conflict (connection) do update set last_error = excluded.last_error, updated_at = excluded.updated_at
