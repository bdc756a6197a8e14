-- No other completed sale is the same any more: the reversal that waited because of one is made.
update reversal set status = 'WANTED', reason = null, next_attempt_at = :#now, updated_at = :#now
 where connection = :#connection and status = 'PARKED' and reason = 'twin-sale' and exists (
    select 1 from redemption r where r.redemption_id = reversal.redemption_id and (
        select w.twin_id from twin_sale w where w.connection = r.connection and w.location = r.location and w.transaction_id = r.transaction_id limit 1) is null)
