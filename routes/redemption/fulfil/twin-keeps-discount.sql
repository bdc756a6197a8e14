-- The points of a sale were given back, and the same sale, stored twice, was received after that: the customer may keep the discount. It is flagged, nothing is sent.
update redemption set flag = 'twin-keeps-discount', updated_at = :#now
 where connection = :#connection and status = 'EXECUTED' and (flag is null or flag <> 'twin-keeps-discount')
   and redemption_id in (select v.redemption_id from reversal v where v.connection = :#connection and v.created_at > :#now - 2592000000)
   and (select w.twin_id from twin_sale w where w.connection = redemption.connection and w.location = redemption.location and w.transaction_id = redemption.transaction_id
           and w.twin_heard_at > (select v.updated_at from reversal v where v.redemption_id = redemption.redemption_id and v.status = 'DONE') limit 1) is not null
