-- The orders that say something which their redemptions do not show yet.
select x.connection, x.order_id from redemption r join redemption_order x on x.redemption_id = r.redemption_id
 where r.storefront is not null and r.order_id is null and r.status not in ('RELEASED', 'REJECTED')
union select x.connection, x.order_id from redemption r join redemption_order x on x.redemption_id = r.redemption_id
 where r.status in ('QUEUED', 'SELECTED') and (x.standing = 0 or x.paid = 1 and r.model = 'PAID' or x.completed = 1 and r.redeems = 'pos-native')
union select o.connection, o.order_id from redemption r join cart k on k.connection = r.storefront and k.cart_id = r.cart_id join shop_order o on o.connection = k.connection and o.order_id = k.order_id
 where r.storefront is not null and r.order_id is null and r.status not in ('RELEASED', 'REJECTED')
