-- What had reversed the sale no longer counts, as the sale stands again. The returned parts of a sale that stood all the time do.
update pos_reversal set status = 'WITHDRAWN', updated_at = :#now
 where connection = :#connection and location = :#location and original_transaction_id = :#transaction_id and status <> 'WITHDRAWN' and :#state = 'completed'
   and exists (select 1 from pos_transaction t where t.connection = :#connection and t.location = :#location and t.transaction_id = :#transaction_id and t.status <> 'COMPLETED')
