-- The points of a sale were given back, and the same sale, stored twice, was received when that had been sent already: the customer may keep the discount. It is flagged, nothing is sent.
update redemption set flag = 'twin-keeps-discount', updated_at = :#now
 where connection = :#connection and status = 'EXECUTED' and (flag is null or flag <> 'twin-keeps-discount')
   and redemption_id in (select v.redemption_id from reversal v where v.connection = :#connection and v.created_at > :#now - 2592000000)
   and case when (select w.twin_id from twin_sale w where w.connection = redemption.connection and w.location = redemption.location and w.transaction_id = redemption.transaction_id limit 1) is null then 0
            when (select max(w.twin_heard_at) from twin_sale w where w.connection = redemption.connection and w.location = redemption.location and w.transaction_id = redemption.transaction_id)
               > (select min(a.started_at) - 60000 from reversal v join attempt a on a.subject_id = v.reversal_id where v.redemption_id = redemption.redemption_id and v.status = 'DONE') then 1
            else 0 end = 1
