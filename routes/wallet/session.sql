-- The session stands, bound to its connection and customer.
insert into wallet_session (session_id, account_id, connection, customer_key, points, points_hidden, discounts, opened_at, expires_at)
values (:#session_id, :#account_id, :#connection, :#customer_key, :#points, :#points_hidden, :#discounts, :#opened_at, :#expires_at)
