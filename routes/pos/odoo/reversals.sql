-- The refunds after the bound: an order whose lines name the lines they refund, of one order or several; an exchange may have a positive total all the same. A refund that is a draft or was cancelled is none.
-- Whole: of every line of goods as much came back, in all refunds that stand, as was sold. Not goods: tips, gift cards and what is loaded onto an eWallet, what has a negative price
-- (rewards, global discounts), and a combo's own line, whose choices are. Cash rounding is no line. A refund can itself be refunded in the back office: then its goods are sold again.
with refund as (
    select f.id, f.date_order, s.order_id as sale,
           -- by quantity: versions differ in the sign of a refund's subtotal, and the back office copies the whole one onto a partial refund
           sum(s.price_subtotal_incl * -l.qty / s.qty) as amount
      from pos_order f join pos_order_line l on l.order_id = f.id join pos_order_line s on s.id = l.refunded_orderline_id
     where f.state in ('paid', 'done', 'invoiced') and s.qty > 0
       and f.date_order >= to_timestamp(:#reversed_since_epoch) at time zone 'UTC'
       and (f.date_order > to_timestamp(:#reversed_since_epoch) at time zone 'UTC' or f.id || '/' || s.order_id > :#reversed_since_id)
     group by f.id, s.order_id, f.date_order),
goods as (
    select g.id, g.order_id as sale, g.qty
      from (select cast(null as integer) as combo_parent_id) absent cross join pos_order_line g
     where g.order_id in (select sale from refund) and g.qty > 0 and g.price_unit >= 0
       and not exists (select from pos_order_line c where c.order_id = g.order_id and combo_parent_id = g.id)
       and not exists (select from pos_order t join pos_session n on n.id = t.session_id join pos_config c on c.id = n.config_id where t.id = g.order_id and c.tip_product_id = g.product_id)
       and g.product_id not in (select res_id from ir_model_data where module = 'loyalty' and name in ('gift_card_product_50', 'ewallet_product_50') and model = 'product.product' and res_id is not null)),
back as (
    select b.id, b.refunded_orderline_id as line, b.qty from pos_order_line b join pos_order bo on bo.id = b.order_id
     where b.refunded_orderline_id in (select id from goods) and bo.state in ('paid', 'done', 'invoiced')),
sold_again as (
    select u.refunded_orderline_id as back, sum(u.qty) as qty from pos_order_line u join pos_order uo on uo.id = u.order_id
     where u.refunded_orderline_id in (select id from back) and uo.state in ('paid', 'done', 'invoiced') group by u.refunded_orderline_id)
select r.id || '/' || r.sale as transaction_id, cast(r.sale as text) as original_transaction_id, 'return' as kind, extract(epoch from r.date_order) as reversed_at, r.amount,
       (select min(case when g.qty - coalesce((select sum(-b.qty - coalesce(a.qty, 0)) from back b left join sold_again a on a.back = b.id where b.line = g.id), 0) <= 0.001 then 1 else 0 end)
          from goods g where g.sale = r.sale) as whole
  from refund r
 order by r.date_order, r.id || '/' || r.sale
