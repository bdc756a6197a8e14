-- The sale is completed by the till's own word; what the till's database says of it counts before that. It was never seen there, and an older sale under its id is another one.
insert into pos_transaction (connection, location, transaction_id, status, completed_at, total, seen_at, heard_at, updated_at)
values (:#connection, :#location, :#transaction_id, 'COMPLETED', :#now, :#total, 0, :#now, :#now)
on conflict (connection, location, transaction_id) do update set status = 'COMPLETED', completed_at = excluded.completed_at, total = excluded.total, phone = null, email = null, customer_id = null,
  note = null, discount_ids = null, discount_total = null, employee = null, future = 0, seen_at = 0, missed_sweeps = 0, heard_at = excluded.heard_at, updated_at = excluded.updated_at
where pos_transaction.completed_at <= excluded.completed_at - :#skew_ms
