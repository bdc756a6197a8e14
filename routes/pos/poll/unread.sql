-- The row cannot be read, and it is known why.
insert into pos_unread (connection, kind, transaction_id, problem, heard_at, seen_at) values (:#connection, :#kind, :#transaction_id, :#problem, :#now, :#now)
on conflict (connection, kind, transaction_id) do update set problem = excluded.problem, seen_at = excluded.seen_at
