-- The entry cannot change unnoticed any more.
insert into ledger_seal (ledger_id, account_id, local_date, digest) values (:#ledger_id, :#account_id, :#local_date, :#digest)
