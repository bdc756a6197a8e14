-- The refunds after the bound: a new order whose lines name the lines they refund, of one order or several; an exchange may have a positive total all the same.
select f.id || '/' || s.order_id as transaction_id, cast(s.order_id as text) as original_transaction_id, 'return' as kind, extract(epoch from f.date_order) as reversed_at,
       sum(-l.price_subtotal_incl) as amount
  from pos_order f join pos_order_line l on l.order_id = f.id join pos_order_line s on s.id = l.refunded_orderline_id
 where f.state in ('paid', 'done', 'invoiced')
   and f.date_order >= to_timestamp(:#reversed_since_epoch) at time zone 'UTC'
   and (f.date_order > to_timestamp(:#reversed_since_epoch) at time zone 'UTC' or f.id || '/' || s.order_id > :#reversed_since_id)
 group by f.id, s.order_id, f.date_order
 order by f.date_order, f.id || '/' || s.order_id
