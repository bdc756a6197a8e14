-- The till said that this sale was voided, returned or deleted; said again, nothing changes.
insert into pos_reversal (connection, location, transaction_id, original_transaction_id, kind, reversed_at, amount, heard_at, status, updated_at)
values (:#connection, :#location, :#transaction_id, :#original_transaction_id, :#kind, :#reversed_at, :#amount, :#now, 'HEARD', :#now)
on conflict do nothing
