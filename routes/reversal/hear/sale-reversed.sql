-- A sale that was voided or wholly returned, at once or in parts, after it was completed is no longer completed. Whole says the make; where it does not know, the money does. A till that keeps seconds may say so within the same one.
update pos_transaction set updated_at = :#now, reversed_at = :#now, status = (
    select case v.kind when 'void' then 'VOIDED' when 'deleted' then 'DELETED' else 'RETURNED' end from pos_reversal v
     where v.connection = pos_transaction.connection and v.location = pos_transaction.location and v.original_transaction_id = pos_transaction.transaction_id and v.status = 'HEARD'
     order by v.reversed_at desc limit 1)
 where status = 'COMPLETED' and connection = :#connection
   and (connection, location, transaction_id) in (select v.connection, v.location, v.original_transaction_id from pos_reversal v where v.connection = :#connection and v.status = 'HEARD')
   and exists (select 1 from pos_reversal v where v.connection = pos_transaction.connection and v.location = pos_transaction.location and v.original_transaction_id = pos_transaction.transaction_id and v.status = 'HEARD'
       and v.reversed_at > pos_transaction.completed_at - 1000 and (v.kind <> 'return' or v.whole = 1 or v.whole is null and (v.amount is null or pos_transaction.total - 0.005 <= (
         select sum(p.amount) from pos_reversal p where p.connection = v.connection and p.location = v.location and p.original_transaction_id = v.original_transaction_id and p.kind = 'return' and p.status <> 'WITHDRAWN'
            and p.reversed_at > pos_transaction.completed_at - 1000))))
