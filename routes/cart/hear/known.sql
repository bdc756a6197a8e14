-- The cart is known, with the order that the shop names for it; where two are named, the greater.
insert into cart (connection, cart_id, account_id, status, version, digest, changed_at, item_count, items, order_id, created_at, updated_at)
values (:#connection, :#cart_id, :#account_id, 'EMPTIED', -1, '', 0, 0, '[]', :#order_id, :#now, :#now)
on conflict (connection, cart_id) do update set order_id = excluded.order_id
 where excluded.order_id is not null and (cart.order_id is null or cart.order_id < excluded.order_id)
