-- What comes back for a sale that the bridge may have received before its database was restored may have been sent then: evidence first.
update redemption set status = 'UNKNOWN', restored_from = 'DUE', unknown_since = :#now, last_error = 'the database was restored', updated_at = :#now
 where connection = :#connection and status = 'DUE' and due_at = :#now
   and exists (select 1 from installation i where i.restored_at >= redemption.created_at and i.restored_at + :#skew_ms >= redemption.completed_at)
