-- How many redemptions this sale has, whoever the customer; those of an older sale that bore the same id do not count.
select count(*) as redemptions from redemption
 where connection = :#connection and location = :#location and transaction_id = :#transaction_id and reversal_wanted is null
   and (status in ('QUEUED', 'SELECTED', 'DUE', 'EXECUTING', 'UNKNOWN', 'PARKED') or status = 'EXECUTED' and completed_at + :#skew_ms > :#now)
