-- The redemptions that the connection has for this sale of its own location.
select redemption_id, status from redemption
 where connection = :#connection and location = :#location and transaction_id = :#transaction_id and status <> 'RELEASED' order by redemption_id
