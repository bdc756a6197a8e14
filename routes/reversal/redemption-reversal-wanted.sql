-- Something was or may have been sent for a sale that was taken back: it is to be taken back too.
update redemption set reversal_wanted = 'sale taken back', updated_at = :#now
 where connection = :#connection and status in ('EXECUTING', 'UNKNOWN', 'EXECUTED', 'PARKED') and reversal_wanted is null and exists (select 1 from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id and t.status <> 'COMPLETED')
