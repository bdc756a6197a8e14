-- One row that does not balance.
insert into reconcile_difference (run_id, number, cause, redemption_id, connection, transaction_id, ledger_points, aiq_points, till_points, sentence)
values (:#run_id, :#number, :#cause, :#redemption_id, :#connection, :#transaction_id, :#ledger_points, :#aiq_points, :#till_points, :#sentence)
