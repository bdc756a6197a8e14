-- The sale names another customer than the redemption, also one that has just come back: a person looks.
update redemption set status = 'PARKED', reason = 'other-customer', last_error = 'The completed sale belongs to another customer than the one who chose the reward.', updated_at = :#now
 where connection = :#connection and status in ('QUEUED', 'SELECTED', 'DUE') and (status <> 'DUE' or due_at = :#now)
   and exists (select 1 from completed_sale t join contact c on c.customer_key = redemption.customer_key
                where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id
                             and t.completed_at > redemption.queued_at - :#skew_ms
                  and ((t.phone is not null and c.phone is not null and t.phone <> c.phone)
                    or (t.email is not null and c.email is not null and t.email <> c.email and not (t.phone is not null and c.phone is not null and t.phone = c.phone))))
