-- What is promised to this customer in this account, over all connections.
select discount_id, points, reusable, connection, location, transaction_id from redemption
 where account_id = :#account_id and customer_key = :#customer_key and status in ('QUEUED', 'SELECTED', 'DUE', 'EXECUTING', 'UNKNOWN', 'PARKED')
