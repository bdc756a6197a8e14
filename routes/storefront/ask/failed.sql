-- The shop could not be asked, and why; where the asking stands does not move.
insert into storefront_state (connection, last_error, updated_at) values (:#connection, :#last_error, :#now)
on conflict (connection) do update set last_error = excluded.last_error, updated_at = excluded.updated_at
