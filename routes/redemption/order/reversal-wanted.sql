-- Something was or may have been sent for an order that was paid and then reversed, and none of the cart's stands any longer: it must be reversed, too.
update redemption set updated_at = :#now,
       reversal_wanted = case when exists (select 1 from redemption_order x where x.redemption_id = redemption.redemption_id and x.paid_once = 1 and x.deleted = 0) then 'order cancelled' else 'order deleted' end
 where (status in ('EXECUTING', 'UNKNOWN', 'EXECUTED') or status = 'PARKED' and coalesce(reason, '') <> 'order-deleted') and reversal_wanted is null
   and redemption_id in (select x.redemption_id from redemption_order x where x.connection = :#connection and x.order_id = :#order_id)
   and exists (select 1 from redemption_order y where y.redemption_id = redemption.redemption_id and y.paid_once = 1)
   and not exists (select 1 from redemption_order y where y.redemption_id = redemption.redemption_id and y.standing = 1)
