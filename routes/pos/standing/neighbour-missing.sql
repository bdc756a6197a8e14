-- A sale that was asked for because another one stands beside it is not there: the next time the one after it stands for it.
update pos_transaction set missing_at = :#now where connection = :#connection and location = :#location and transaction_id = :#transaction_id and missing_at is null and :#state = 'missing'
