-- The connection parks what its sale does not show: a person looks whether the discount was given.
update redemption set status = 'PARKED', reason = 'discount-not-on-sale', last_error = 'The completed sale does not show the discount that was chosen.', updated_at = :#now
 where connection = :#connection and status in ('QUEUED', 'SELECTED') and :#discount_seen = 'park'
   and exists (select 1 from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id
                and t.status = 'COMPLETED' and t.total >= 0 and t.completed_at > redemption.queued_at - :#skew_ms
                and ((t.discount_ids is not null and replace(',' || replace(t.discount_ids, ' ', '') || ',', ',' || coalesce(redemption.pos_discount_id, redemption.discount_id) || ',', '') = ',' || replace(t.discount_ids, ' ', '') || ',')
                  or (t.discount_ids is null and t.discount_total = 0)))
