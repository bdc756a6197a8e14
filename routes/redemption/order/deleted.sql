-- Nothing was sent for an order that was deleted after it was paid: the customer may have the discount, a person decides.
update redemption set status = 'PARKED', reason = 'order-deleted', updated_at = :#now
 where status in ('QUEUED', 'DUE') and model = 'PAID'
   and redemption_id in (select x.redemption_id from redemption_order x where x.connection = :#connection and x.order_id = :#order_id)
   and exists (select 1 from redemption_order y where y.redemption_id = redemption.redemption_id and y.deleted = 1 and y.paid_once = 1)
   and not exists (select 1 from redemption_order y where y.redemption_id = redemption.redemption_id and (y.standing = 1 or y.paid_once = 1 and y.deleted = 0))
