-- What the till said of the sale's reversal no longer counts, while the sale stands.
update pos_reversal set status = 'WITHDRAWN', updated_at = :#now
 where connection = :#connection and location = :#location and original_transaction_id = :#transaction_id and status <> 'WITHDRAWN' and :#state = 'completed'
