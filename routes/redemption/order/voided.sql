-- Nothing was sent for an order that was paid and then reversed: released. While another order of the cart stands, it is not; nor where the order was only deleted.
update redemption set status = 'RELEASED', reason = 'order cancelled', updated_at = :#now
 where status in ('QUEUED', 'SELECTED', 'DUE')
   and redemption_id in (select x.redemption_id from redemption_order x where x.connection = :#connection and x.order_id = :#order_id)
   and exists (select 1 from redemption_order y where y.redemption_id = redemption.redemption_id and y.standing = 0 and y.paid_once = 1 and y.deleted = 0)
   and not exists (select 1 from redemption_order y where y.redemption_id = redemption.redemption_id and y.standing = 1)
