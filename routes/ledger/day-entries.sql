-- The entries of one day, in the order in which they were made.
select * from ledger where account_id = :#account_id and local_date = :#local_date order by ledger_id
