-- The sale is completed, as the till has it now. What was voided comes back only when it was completed again, later; what was missed, when it is seen again.
insert into pos_transaction (connection, location, transaction_id, status, completed_at, total, phone, email, customer_id, note, reference, ticket_number, goods, discount_ids, discount_total, employee, future, seen_at, heard_at, updated_at)
values (:#connection, :#location, :#transaction_id, 'COMPLETED', :#completed_at, :#total, :#phone, :#email, :#customer_id, :#note, :#reference, :#ticket_number, :#goods, :#discount_ids, :#discount_total, :#employee, :#future, :#now, :#now, :#now)
on conflict (connection, location, transaction_id) do update set
  status = case when pos_transaction.status <> 'COMPLETED' and (excluded.completed_at > pos_transaction.completed_at or pos_transaction.status = 'DELETED') then 'COMPLETED' else pos_transaction.status end,
  completed_at = case when excluded.completed_at > pos_transaction.completed_at or pos_transaction.status = 'COMPLETED' then excluded.completed_at else pos_transaction.completed_at end,
  total = excluded.total, phone = excluded.phone, email = excluded.email, customer_id = excluded.customer_id, note = excluded.note, reference = excluded.reference, ticket_number = excluded.ticket_number, goods = excluded.goods, discount_ids = excluded.discount_ids,
  discount_total = excluded.discount_total, employee = excluded.employee, future = excluded.future, seen_at = excluded.seen_at, missed_sweeps = 0, updated_at = excluded.updated_at
