-- A refund that is an order of its own is credited to the order that it names.
insert into order_refund (connection, refund_id, order_id, amount, whole) values (:#connection, :#refund_id, :#order_id, :#amount, :#whole)
on conflict (connection, refund_id) do update set amount = excluded.amount, whole = excluded.whole
