-- A person wants the parked redemption sent: due now, if its sale or order is completed. Due a moment ago: what has just become due is judged, and would be parked again for what the person has seen.
update redemption set status = 'DUE', transaction_id = coalesce(cast(:#sale as text), transaction_id), due_at = cast(:#now as bigint) - 1, next_attempt_at = :#now,
       completed_at = coalesce((select t.completed_at from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location
                                   and t.transaction_id = coalesce(cast(:#sale as text), redemption.transaction_id)), completed_at),
       reason = null, last_error = null, unknown_since = null, absent_since = null, lists_silent_since = null, contact_changed_since = null, restored_from = null, updated_at = :#now
 where redemption_id = :#redemption_id and status = 'PARKED' and updated_at = :#version and reversal_wanted is null and model <> 'IMMEDIATE'
   and (model = 'PAID' and exists (select 1 from redemption_order x where x.redemption_id = redemption.redemption_id and x.standing = 1 and x.paid = 1)
     or model in ('POS', 'INFORMATIONAL') and exists (select 1 from completed_sale t where t.connection = redemption.connection and t.location = redemption.location
          and t.transaction_id = coalesce(cast(:#sale as text), redemption.transaction_id)))
