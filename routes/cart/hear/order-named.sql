-- The order bears this name, for good.
insert into order_name (connection, value, sort, order_id) values (:#connection, :#value, :#sort, :#order_id) on conflict do nothing
