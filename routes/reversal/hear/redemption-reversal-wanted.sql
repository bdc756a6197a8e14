-- Something was or may have been sent for a sale that was reversed: it must be reversed, too; by a person when the till may have given the sale's id to another one since.
update redemption set updated_at = :#now, reversal_wanted = (select case when redemption.status = 'EXECUTED' and t.completed_at > redemption.completed_at + :#skew_ms then 'sale id used again'
        when t.status = 'DELETED' then 'sale deleted' else 'sale reversed' end from pos_transaction t
        where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id)
 where status in ('EXECUTING', 'UNKNOWN', 'EXECUTED', 'PARKED') and reversal_wanted is null and connection = :#connection
   and (connection, location, transaction_id) in (select t.connection, t.location, t.transaction_id from pos_transaction t where t.connection = :#connection and t.status <> 'COMPLETED' and t.updated_at > :#now - 2592000000)
   and exists (select 1 from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id
                 and t.status <> 'COMPLETED' and t.reversed_at >= redemption.queued_at)
