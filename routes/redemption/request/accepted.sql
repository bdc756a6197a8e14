-- The redemption waits for its sale, its order or its caller, unless the same discount already has a redemption on that sale or cart or open for that customer.
insert into redemption (redemption_id, account_id, connection, location, model, status, note, transaction_id, transaction_spelling, cart_id, cart_sort, flag, storefront, redeems, customer_key, contact_id, discount_id, discount_name,
  pos_discount_id, points, money, reusable, employee, queued_at, expires_at, due_at, next_attempt_at, created_at, updated_at)
values (:#redemption_id, :#account_id, :#connection, :#location, :#model, case when :#status in ('QUEUED', 'SELECTED', 'DUE') then :#status end, :#note, :#transaction_id, :#transaction_spelling, :#cart_id, :#cart_sort, :#flag, :#storefront, :#redeems, :#customer_key, :#contact_id, :#discount_id, :#discount_name,
  :#pos_discount_id, :#points, :#money, :#reusable, :#employee, :#now, :#expires_at, :#due_at, :#now, :#now, :#now)
on conflict do nothing
