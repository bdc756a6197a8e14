-- Each redemption of the order's cart names the order that stands, else one that stood once it was paid; while none does it names none, and waits for one from now on. That none could be found out is over.
update redemption set updated_at = :#now,
       flag = case when flag = 'order-unheard' and exists (select 1 from redemption_order y where y.redemption_id = redemption.redemption_id and (y.standing = 1 or y.paid_once = 1)) then null else flag end,
       order_id = coalesce((select min(y.order_id) from redemption_order y where y.redemption_id = redemption.redemption_id and y.standing = 1),
                           (select min(y.order_id) from redemption_order y where y.redemption_id = redemption.redemption_id and y.paid_once = 1))
 where redemption_id in (select x.redemption_id from redemption_order x where x.connection = :#connection and x.order_id = :#order_id)
   and coalesce(order_id, '') <> coalesce((select min(y.order_id) from redemption_order y where y.redemption_id = redemption.redemption_id and y.standing = 1),
                                          (select min(y.order_id) from redemption_order y where y.redemption_id = redemption.redemption_id and y.paid_once = 1), '')
