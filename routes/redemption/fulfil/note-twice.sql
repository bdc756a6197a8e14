-- One note on two sales: a person decides which one it was.
update redemption set status = 'PARKED', reason = 'note-on-two-sales', last_error = 'The note stands on more than one completed sale.', updated_at = :#now
 where connection = :#connection and status in ('QUEUED', 'SELECTED') and transaction_id is null
   and 1 < (select count(*) from completed_sale t where t.connection = redemption.connection and t.location = redemption.location and t.note = redemption.note
                and t.completed_at > redemption.queued_at - :#skew_ms)
