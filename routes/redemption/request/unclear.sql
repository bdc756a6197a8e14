-- Redemptions of this discount by this customer of which nobody knows yet whether AIQ took the points.
select count(*) as unclear from redemption
 where account_id = :#account_id and customer_key = :#customer_key and discount_id = :#discount_id and (status = 'UNKNOWN' or status = 'PARKED' and reason = 'unclear')
