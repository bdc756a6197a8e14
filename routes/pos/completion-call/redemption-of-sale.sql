-- The redemptions that the connection has for this sale of its own location, also those that wait for it under another spelling of its id.
select redemption_id, status from redemption
 where connection = :#connection and location = :#location and transaction_id = :#transaction_id and status <> 'RELEASED'
union
select redemption_id, status from redemption
 where connection = :#connection and location = :#location and transaction_spelling = :#spelling and status in ('QUEUED', 'SELECTED')
 order by redemption_id
