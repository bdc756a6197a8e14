-- What is promised to this customer in this account over all connections, and what was spent since the wallet was opened: its balance does not know of that.
select discount_id, points, reusable, connection, location, transaction_id from redemption
 where account_id = :#account_id and customer_key = :#customer_key
   and (status in ('QUEUED', 'SELECTED', 'DUE', 'EXECUTING', 'UNKNOWN', 'PARKED')
     or status = 'EXECUTED' and exists (select 1 from ledger l where l.redemption_id = redemption.redemption_id and l.kind = 'REDEEMED' and l.happened_at >= :#opened_at))
