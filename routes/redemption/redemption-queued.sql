-- The redemption waits for its sale, unless the same discount already has a redemption on that sale or open for that customer.
insert into redemption (redemption_id, account_id, connection, location, model, status, note, transaction_id, customer_key, contact_id, discount_id, discount_name,
  pos_discount_id, points, reusable, employee, queued_at, expires_at, next_attempt_at, created_at, updated_at)
values (:#redemption_id, :#account_id, :#connection, :#location, 'POS', 'QUEUED', :#note, :#transaction_id, :#customer_key, :#contact_id, :#discount_id, :#discount_name,
  :#pos_discount_id, :#points, :#reusable, :#employee, :#now, :#expires_at, :#now, :#now, :#now)
on conflict do nothing
