-- The cart knows the order that ended it: the one the shop names, or one that bears its name, else one without a cart's name that its customer placed within the window after the cart last changed.
-- Shops' clocks may put an order some minutes before its own cart. What was never placed ends nothing.
update cart set closed_by = coalesce(order_id,
         (select min(o.order_id) from order_name n join shop_order o on o.connection = n.connection and o.order_id = n.order_id where n.connection = cart.connection and n.value = cart.cart_id and n.sort in ('cart', 'checkout') and o.status <> 'UNPLACED'),
         (select min(o.order_id) from shop_order o where o.connection = cart.connection and o.phone = cart.phone and o.placed_at between cart.changed_at - 600000 and cart.changed_at + cast(:#order_window as bigint)
             and o.status <> 'UNPLACED' and not exists (select 1 from order_name n where n.connection = o.connection and n.order_id = o.order_id and n.sort in ('cart', 'checkout'))),
         (select min(o.order_id) from shop_order o where o.connection = cart.connection and o.email = cart.email and o.placed_at between cart.changed_at - 600000 and cart.changed_at + cast(:#order_window as bigint)
             and o.status <> 'UNPLACED' and not exists (select 1 from order_name n where n.connection = o.connection and n.order_id = o.order_id and n.sort in ('cart', 'checkout'))))
 where connection = :#connection and cart_id = :#cart_id
