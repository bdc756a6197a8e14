-- An order came, or stands again, after its redemption was released or its points were to be given back: it is flagged, nothing is sent.
update redemption set flag = 'order-again', updated_at = :#now
 where (flag is null or flag <> 'order-again') and redemption_id in (select x.redemption_id from redemption_order x where x.connection = :#connection and x.order_id = :#order_id and x.standing = 1)
   and (reversal_wanted in ('order cancelled', 'order deleted', 'no order') or status = 'RELEASED' and reason = 'order cancelled' and model <> 'IMMEDIATE'
     or status = 'RELEASED' and reason = 'expired' and model = 'PAID' and exists (select 1 from redemption_order y where y.redemption_id = redemption.redemption_id and y.standing = 1 and y.paid = 1))
