-- One note on two sales: a person decides which one it was. A sale that is stored twice is one.
update redemption set status = 'PARKED', reason = 'note-on-two-sales', last_error = 'The note stands on more than one completed sale.', updated_at = :#now
 where connection = :#connection and status in ('QUEUED', 'SELECTED') and transaction_id is null
   and 1 < (select count(distinct t.sale) from noted_sale t where t.connection = redemption.connection and t.location = redemption.location and t.note = redemption.note
                and t.completed_at > redemption.queued_at - :#skew_ms and (t.exact = 1 or t.completed_at <= redemption.expires_at)
                and t.exact = (select max(x.exact) from noted_sale x where x.connection = redemption.connection and x.location = redemption.location and x.note = redemption.note
                                  and x.completed_at > redemption.queued_at - :#skew_ms))
