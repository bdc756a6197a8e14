-- A code went out to this customer just now, for this connection, and has not been tried.
insert into pin_sent (account_id, subject, connection, sent_at, tries, elsewhere) values (:#account_id, :#subject_hash, :#connection, :#now, 0, 0)
on conflict (account_id, subject) do update set connection = excluded.connection, sent_at = excluded.sent_at, tries = 0, elsewhere = 0
