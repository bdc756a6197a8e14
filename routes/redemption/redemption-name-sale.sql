-- A waiting redemption whose note stands on exactly one completed sale, heard within its life, has that sale's id.
update redemption set transaction_id = (select min(t.transaction_id) from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.note = redemption.note and t.status = 'COMPLETED' and t.total >= 0), updated_at = :#now
 where connection = :#connection and status in ('QUEUED', 'SELECTED') and transaction_id is null
   and 1 = (select count(*) from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.note = redemption.note
              and t.status = 'COMPLETED' and t.total >= 0 and t.completed_at > redemption.queued_at - :#skew_ms)
   and not exists (select 1 from redemption o join pos_transaction t on o.connection = t.connection and o.location = t.location and o.transaction_id = t.transaction_id
                    where t.connection = redemption.connection and t.location = redemption.location and t.note = redemption.note and o.discount_id = redemption.discount_id and o.status <> 'RELEASED')
