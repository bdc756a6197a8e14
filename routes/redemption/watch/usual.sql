-- After how long a redemption of the connection and model waits longer than usual.
insert into usual_wait (connection, model, for_sale_ms, to_send_ms, in_doubt_ms, learnt_at) values (:#connection, :#model, :#for_sale_ms, :#to_send_ms, :#in_doubt_ms, :#now)
on conflict (connection, model) do update set for_sale_ms = excluded.for_sale_ms, to_send_ms = excluded.to_send_ms, in_doubt_ms = excluded.in_doubt_ms, learnt_at = excluded.learnt_at
