-- What was late is kept for a week; what nothing had read, until something does.
delete from late_sale where connection = :#connection and (heard_at < :#began_at - 604800000
   or found_by = 'id' and exists (select 1 from pos_transaction t where t.connection = late_sale.connection and t.location = late_sale.location and t.transaction_id = late_sale.transaction_id))
