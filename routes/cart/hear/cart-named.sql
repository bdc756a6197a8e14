-- The order that the shop names for the cart bears the cart's name.
insert into order_name (connection, value, sort, order_id) select :#connection, :#cart_id, 'cart', cast(:#order_id as text) where cast(:#order_id as text) is not null on conflict do nothing
