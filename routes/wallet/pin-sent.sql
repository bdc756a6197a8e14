-- A code went out to this customer just now and has not been tried.
insert into pin_sent (account_id, subject, sent_at, tries) values (:#account_id, :#subject_hash, :#now, 0)
on conflict (account_id, subject) do update set sent_at = excluded.sent_at, tries = 0
