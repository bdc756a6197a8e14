-- The order is known, with the cart and the checkout that any version named; where two are named, the greater.
insert into shop_order (connection, order_id, account_id, status, version, digest, changed_at, placed_at, cart_id, checkout_id, created_at, updated_at)
values (:#connection, :#order_id, :#account_id, 'OPEN', -1, '', 0, 0, :#cart_id, :#checkout_id, :#now, :#now)
on conflict (connection, order_id) do update set
  cart_id = case when shop_order.cart_id is null or excluded.cart_id > shop_order.cart_id then excluded.cart_id else shop_order.cart_id end,
  checkout_id = case when shop_order.checkout_id is null or excluded.checkout_id > shop_order.checkout_id then excluded.checkout_id else shop_order.checkout_id end
