-- The entry can no longer change unnoticed.
insert into ledger_seal (ledger_id, account_id, local_date, digest) values (:#ledger_id, :#account_id, :#local_date, :#digest)
