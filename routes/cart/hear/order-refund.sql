-- A refund that is an order of its own is credited to the order that it names: in its newest version, of two equal ones the one that gave more back.
insert into order_refund (connection, refund_id, order_id, version, amount, whole) values (:#connection, :#refund_id, :#order_id, :#version, :#amount, :#whole)
on conflict (connection, refund_id) do update set version = excluded.version, amount = excluded.amount, whole = excluded.whole
 where (order_refund.version, order_refund.whole, coalesce(order_refund.amount, 0)) < (excluded.version, excluded.whole, coalesce(excluded.amount, 0))
