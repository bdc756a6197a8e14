-- The sale is gone from the till while its neighbour stands: after several sweeps it was deleted.
update pos_transaction set status = case when missed_sweeps + 1 >= cast(:#deleted_after_sweeps as integer) then 'DELETED' else status end,
       reversed_at = :#now, missed_sweeps = missed_sweeps + 1, updated_at = :#now
 where connection = :#connection and location = :#location and transaction_id = :#transaction_id and status = 'COMPLETED' and :#state = 'gone'
