-- Every cart that the order ends, or ended until now.
select c.connection, c.cart_id from order_name n join cart c on c.connection = n.connection and c.cart_id = n.value where n.connection = :#connection and n.order_id = :#order_id and n.sort in ('cart', 'checkout')
union select c.connection, c.cart_id from cart c where c.connection = :#connection and c.order_id = :#order_id
union select c.connection, c.cart_id from cart c where c.connection = :#connection and c.closed_by = :#order_id
union select c.connection, c.cart_id from shop_order o join cart c on c.connection = o.connection and c.phone = o.phone and c.changed_at between o.placed_at - cast(:#order_window as bigint) and o.placed_at + 600000
 where o.connection = :#connection and o.order_id = :#order_id
union select c.connection, c.cart_id from shop_order o join cart c on c.connection = o.connection and c.email = o.email and c.changed_at between o.placed_at - cast(:#order_window as bigint) and o.placed_at + 600000
 where o.connection = :#connection and o.order_id = :#order_id
