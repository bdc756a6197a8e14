-- The sale is probably one that another redemption has already, stored twice: a person decides.
update redemption set status = 'PARKED', reason = 'twin-sale', last_error = 'The sale is probably another one that already has a redemption, stored twice.', updated_at = :#now
 where connection = :#connection and status in ('QUEUED', 'SELECTED') and transaction_id is not null
   and exists (select 1 from completed_sale t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id
                and t.completed_at > redemption.queued_at - :#skew_ms)
   and (select w.twin_id from twin_sale w where w.connection = redemption.connection and w.location = redemption.location and w.transaction_id = redemption.transaction_id
        and exists (select 1 from redemption o where o.connection = w.connection and o.location = w.location and o.transaction_id = w.twin_id and o.redemption_id <> redemption.redemption_id
                      and o.status in ('DUE', 'EXECUTING', 'UNKNOWN', 'PARKED', 'EXECUTED')) limit 1) is not null
