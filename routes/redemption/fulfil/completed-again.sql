-- A sale whose points were given back within a month was completed again: it is flagged, nothing is sent.
update redemption set flag = 'completed-again', updated_at = :#now
 where connection = :#connection and status = 'EXECUTED' and (flag is null or flag <> 'completed-again')
   and redemption_id in (select v.redemption_id from reversal v where v.connection = :#connection and v.created_at > :#now - 2592000000)
   and exists (select 1 from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id and t.status = 'COMPLETED')
