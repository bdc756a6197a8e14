-- The sale of the redemption stands again: its points stay taken, unless they were given back or are being given back.
update redemption set reversal_wanted = null, updated_at = :#now
 where connection = :#connection and updated_at > :#now - 7776000000 and reversal_wanted is not null and reversal_wanted in ('sale reversed', 'sale deleted') and not exists (select 1 from reversal v where v.redemption_id = redemption.redemption_id)
   and exists (select 1 from completed_sale t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id
                and t.completed_at <= coalesce(redemption.completed_at, redemption.queued_at) + :#skew_ms)
