-- Something was or may have been sent for an order that was reversed: it must be reversed, too.
update redemption set reversal_wanted = 'order cancelled', updated_at = :#now
 where status in ('EXECUTING', 'UNKNOWN', 'EXECUTED', 'PARKED') and reversal_wanted is null and redemption_id in (select x.redemption_id from redemption_order x where x.connection = :#connection and x.order_id = :#order_id)
   and not exists (select 1 from redemption_order y where y.redemption_id = redemption.redemption_id and y.standing = 1)
