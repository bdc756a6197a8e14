-- The orders that the redemption belongs to by now.
select x.connection, x.order_id from redemption_order x where x.redemption_id = :#redemption_id
union select o.connection, o.order_id from redemption r join cart k on k.connection = r.storefront and k.cart_id = r.cart_id join shop_order o on o.connection = k.connection and o.order_id = k.order_id
 where r.redemption_id = :#redemption_id
