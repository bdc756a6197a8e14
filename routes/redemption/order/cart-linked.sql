-- A cart for which the shop itself names the order links its redemptions to it.
update redemption set order_id = :#order_id, updated_at = :#now
 where order_id is null and storefront = :#connection and cart_id in (select k.cart_id from cart k where k.connection = :#connection and k.order_id = :#order_id)
