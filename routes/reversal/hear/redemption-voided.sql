-- Nothing was sent for a sale that has been reversed since: released. An earlier sale with the same id does not count, nor this one's own when it was opened again.
-- A void or a deletion of a sale that was never received as completed counts as well: it will not be.
update redemption set status = 'RELEASED', reason = 'sale reversed', updated_at = :#now
 where connection = :#connection and status in ('QUEUED', 'SELECTED', 'DUE') and (reversal_wanted is not null
    or exists (select 1 from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id
         and t.status <> 'COMPLETED' and t.reversed_at >= redemption.queued_at)
    or exists (select 1 from pos_reversal v where v.connection = :#connection and v.status = 'HEARD' and v.kind in ('void', 'deleted') and v.heard_at >= redemption.queued_at
         and v.location = redemption.location and v.original_transaction_id = redemption.transaction_id and v.reversed_at > redemption.queued_at - :#skew_ms
         and not exists (select 1 from pos_transaction t where t.connection = v.connection and t.location = v.location and t.transaction_id = v.original_transaction_id
               and t.completed_at > redemption.queued_at - :#skew_ms)))
