-- The sale stands again, and nothing was sent yet to give its points back: there is no reversal any more. What was sent is settled first.
delete from reversal
 where connection = :#connection and status in ('WANTED', 'PARKED') and kind in ('sale reversed', 'sale deleted') and not exists (select 1 from attempt a where a.subject_id = reversal.reversal_id)
   and exists (select 1 from redemption r join completed_sale t on t.connection = r.connection and t.location = r.location and t.transaction_id = r.transaction_id
                where r.redemption_id = reversal.redemption_id and t.completed_at <= r.completed_at + :#skew_ms)
