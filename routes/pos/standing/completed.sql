-- The till says that the sale stands: what had reversed it was undone, or it was never deleted.
update pos_transaction set status = case when :#state = 'completed' then 'COMPLETED' else status end, reversed_at = case when :#state = 'completed' then null else reversed_at end, missed_sweeps = 0, updated_at = :#now
 where connection = :#connection and location = :#location and transaction_id = :#transaction_id and (status <> 'COMPLETED' or missed_sweeps > 0) and :#state in ('completed', 'open')
