-- One comparison and what it came to.
insert into reconcile_run (run_id, account_id, from_date, to_date, asked_by, status, ledger_points, aiq_points, till_points, entries, differences, problem, notes, ran_at)
values (:#run_id, :#account_id, :#from_date, :#to_date, :#asked_by, :#status, :#ledger_points, :#aiq_points, :#till_points, :#entries, :#differences, :#problem, :#notes, :#ran_at)
