-- The account's days with entries that are not closed, each after the last closed one.
select account_id, local_date from ledger
 where account_id = :#account_id and local_date > coalesce((select max(d.local_date) from ledger_day d where d.account_id = :#account_id), '')
 group by account_id, local_date order by local_date
