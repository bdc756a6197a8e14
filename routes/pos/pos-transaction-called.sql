-- The sale is completed by the till's own word; what the till's database says of it counts before that.
insert into pos_transaction (connection, location, transaction_id, status, completed_at, total, seen_at, heard_at, updated_at)
values (:#connection, :#location, :#transaction_id, 'COMPLETED', :#now, :#total, :#now, :#now, :#now)
on conflict do nothing
