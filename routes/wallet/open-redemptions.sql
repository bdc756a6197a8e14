-- What is promised to this customer in this account over all connections, and what was spent since the wallet was opened: its balance does not know of that.
-- AIQ's wallet does not always name its contact (AIQ: section 2.1): one without a name may be anyone with the same phone or e-mail.
select discount_id, points, reusable, connection, location, transaction_id from redemption
 where account_id = :#account_id and customer_key in (
     select o.customer_key from contact c join contact o on o.account_id = c.account_id where c.customer_key = :#customer_key
        and (o.customer_key = c.customer_key or (o.contact_id is null or c.contact_id is null) and (o.phone = c.phone or o.email = c.email)))
   and (status in ('QUEUED', 'SELECTED', 'DUE', 'EXECUTING', 'UNKNOWN', 'PARKED')
     or status = 'EXECUTED' and exists (select 1 from ledger l where l.redemption_id = redemption.redemption_id and l.kind = 'REDEEMED' and l.happened_at >= :#opened_at))
