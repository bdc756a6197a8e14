-- A sale that was voided or wholly returned after it was completed is no longer completed.
update pos_transaction set updated_at = :#now, status = (
    select case v.kind when 'void' then 'VOIDED' else 'RETURNED' end from pos_reversal v
     where v.connection = pos_transaction.connection and v.location = pos_transaction.location and v.original_transaction_id = pos_transaction.transaction_id and v.status = 'HEARD'
     order by v.reversed_at desc limit 1)
 where connection = :#connection and status = 'COMPLETED' and exists (
    select 1 from pos_reversal v join pos_transaction t on t.connection = v.connection and t.location = v.location and t.transaction_id = v.original_transaction_id
     where v.connection = :#connection and v.status = 'HEARD' and t.location = pos_transaction.location and t.transaction_id = pos_transaction.transaction_id
       and v.reversed_at >= t.completed_at and (v.kind = 'void' or (v.kind = 'return' and (v.amount is null or v.amount >= t.total - 0.005))))
