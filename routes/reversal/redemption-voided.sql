-- Nothing was sent for a sale that was taken back: given up.
update redemption set status = 'RELEASED', reason = 'sale taken back', updated_at = :#now
 where connection = :#connection and status in ('QUEUED', 'SELECTED', 'DUE') and (reversal_wanted is not null or exists (select 1 from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id and t.status <> 'COMPLETED'))
