-- The till says that the sale is voided or wholly returned, however long ago it was completed.
update pos_transaction set status = case :#state when 'voided' then 'VOIDED' else 'RETURNED' end, reversed_at = :#now, missed_sweeps = 0, updated_at = :#now
 where connection = :#connection and location = :#location and transaction_id = :#transaction_id and status = 'COMPLETED' and :#state in ('voided', 'returned')
