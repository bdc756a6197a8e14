-- The closed day on which the next one hangs; none before the first.
select day_number, digest from ledger_day where account_id = :#account_id order by day_number desc limit 1
