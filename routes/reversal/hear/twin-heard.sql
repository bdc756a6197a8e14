-- The same sale came a second time before anything was sent to give its points back: a person looks.
update reversal set status = 'PARKED', reason = 'twin-sale', updated_at = :#now
 where status = 'WANTED' and reversal_id in (
    select v.reversal_id from reversal v cross join redemption r
     where v.status = 'WANTED' and v.next_attempt_at > 0 and r.redemption_id = v.redemption_id and r.connection = :#connection and (
        select w.twin_id from twin_sale w where w.connection = r.connection and w.location = r.location and w.transaction_id = r.transaction_id and w.twin_heard_at > v.updated_at limit 1) is not null)
