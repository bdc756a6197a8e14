-- The cart knows the order that ended it: the one the shop names, or one that names it, else one that its customer placed within the window after the cart last changed.
-- Shops' clocks may put an order some minutes before its own cart.
update cart set closed_by = coalesce(order_id,
         (select min(o.order_id) from shop_order o where o.connection = cart.connection and o.cart_id = cart.cart_id),
         (select min(o.order_id) from shop_order o where o.connection = cart.connection and o.checkout_id = cart.cart_id),
         (select min(o.order_id) from shop_order o where o.connection = cart.connection and o.phone = cart.phone and o.placed_at between cart.changed_at - 600000 and cart.changed_at + cast(:#order_window as bigint)),
         (select min(o.order_id) from shop_order o where o.connection = cart.connection and o.email = cart.email and o.placed_at between cart.changed_at - 600000 and cart.changed_at + cast(:#order_window as bigint)))
 where connection = :#connection and cart_id = :#cart_id
