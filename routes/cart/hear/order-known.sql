-- The order is known, and for good whether it was ever paid or handed over.
insert into shop_order (connection, order_id, account_id, status, version, digest, changed_at, placed_at, paid_once, created_at, updated_at)
values (:#connection, :#order_id, :#account_id, 'UNPLACED', -1, '', 0, 0, :#paid_once, :#now, :#now)
on conflict (connection, order_id) do update set paid_once = excluded.paid_once where excluded.paid_once > shop_order.paid_once
