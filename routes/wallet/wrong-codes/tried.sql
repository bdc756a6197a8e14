-- The try counts as a wrong one until it is known to be right.
insert into wrong_code (try_id, account_id, connection, subject, sent_at, tried_at) values (:#try_id, :#account_id, :#connection, :#subject_hash, :#sent_at, :#now)
