-- The connection's request table could not be read, and why.
insert into pos_poll (connection, requests_error, updated_at) values (:#connection, :#requests_error, :#now)
on conflict (connection) do update set requests_error = excluded.requests_error, updated_at = excluded.updated_at
