-- A part of the sale came back: the redemption stays, with a flag for people.
update redemption set flag = 'partly-returned', updated_at = :#now
 where connection = :#connection and flag is null and status not in ('RELEASED', 'REJECTED') and exists (
    select 1 from pos_reversal v join pos_transaction t on t.connection = v.connection and t.location = v.location and t.transaction_id = v.original_transaction_id
     where v.connection = :#connection and v.status = 'HEARD' and v.kind = 'return' and v.amount < t.total - 0.005
       and t.location = redemption.location and t.transaction_id = redemption.transaction_id)
