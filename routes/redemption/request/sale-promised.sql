-- How many redemptions this sale or cart has, whoever the customer; those of an older sale that bore the same id do not count. A till that names no sale puts a note on the ticket,
-- and a ticket is read for one: there it is how many the customer has waiting for a ticket.
select count(*) as redemptions from redemption
 where reversal_wanted is null and (
       connection = :#connection and location = :#location and transaction_id = :#transaction_id
         and (status in ('QUEUED', 'SELECTED', 'DUE', 'EXECUTING', 'UNKNOWN', 'PARKED') or status = 'EXECUTED' and completed_at + :#skew_ms > :#now)
    or storefront = :#storefront and cart_id = :#cart_id and status not in ('RELEASED', 'REJECTED')
    or connection = :#connection and location = :#location and customer_key = :#customer_key and status = 'QUEUED' and model = 'POS' and transaction_id is null
         and :#model = 'POS' and cast(:#transaction_id as varchar) is null)
