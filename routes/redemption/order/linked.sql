-- Each redemption of the order's cart names the order that stands, or else the one there was.
update redemption set updated_at = :#now,
       order_id = coalesce((select min(y.order_id) from redemption_order y where y.redemption_id = redemption.redemption_id and y.standing = 1), order_id, :#order_id)
 where redemption_id in (select x.redemption_id from redemption_order x where x.connection = :#connection and x.order_id = :#order_id)
