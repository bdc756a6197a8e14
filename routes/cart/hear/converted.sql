-- The cart became an order, which the shop may name.
insert into cart (connection, cart_id, account_id, status, version, digest, changed_at, item_count, items, order_id, converted, created_at, updated_at)
values (:#connection, :#cart_id, :#account_id, 'EMPTIED', -1, '', 0, 0, '[]', :#order_id, 1, :#now, :#now)
on conflict (connection, cart_id) do update set converted = 1,
  order_id = case when cart.order_id is null or excluded.order_id > cart.order_id then coalesce(excluded.order_id, cart.order_id) else cart.order_id end
