-- What the customer agreed to, or left unticked, is evidence.
insert into consent (account_id, connection, phone_hash, email_hash, purpose, granted, text_version, text_hash, wording, language, channel, place, ip, staff, given_at, local_time)
values (:#account_id, :#connection, :#phone_hash, :#email_hash, :#purpose, :#granted, :#text_version, :#text_hash, :#wording, :#language, :#channel, :#place, :#ip, :#staff, :#given_at, :#local_time)
