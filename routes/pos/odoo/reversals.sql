-- The refunds after the bound: an order whose lines name the lines they refund, of one order or several; an exchange may have a positive total all the same. A refund that is a draft or was cancelled is none.
-- Whole: of every line of goods as much came back, in all refunds that stand, as was sold. Not goods: tips, gift cards and what is loaded onto an eWallet, what has a negative price
-- (rewards, global discounts), and a combo's own line, whose choices are. Cash rounding is no line. A refund can itself be refunded in the back office: then its goods are sold again.
-- And returns that a cashier typed with quantities below 0, which name no order: those of the same customer within 90 days before, with at least as much of each product still out, may be meant. One of nobody says nothing.
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
     where u.refunded_orderline_id in (select id from back) and uo.state in ('paid', 'done', 'invoiced') group by u.refunded_orderline_id),
typed as (
    select f.id, f.date_order, f.partner_id, f.amount_total as amount
      from pos_order f
     where f.state in ('paid', 'done', 'invoiced') and f.amount_total < 0
       and f.date_order >= to_timestamp(:#reversed_since_epoch) at time zone 'UTC'
       and (f.date_order > to_timestamp(:#reversed_since_epoch) at time zone 'UTC' or cast(f.id as text) > :#reversed_since_id)
       and not exists (select from pos_order_line l where l.order_id = f.id and l.refunded_orderline_id is not null)
       and (select (select concat(p.phone, mobile, p.email) <> '' from res_partner p where p.id = f.partner_id) from (select cast(null as text) as mobile) absent_of_partner)),
returned as (
    select t.id as typed, m.product_id, -sum(m.qty) as qty from typed t join pos_order_line m on m.order_id = t.id where m.qty < 0 and m.price_unit >= 0 group by t.id, m.product_id)
select r.id || '/' || r.sale as transaction_id, cast(r.sale as text) as original_transaction_id, 'return' as kind, extract(epoch from r.date_order) as reversed_at, r.amount,
       (select min(case when g.qty - coalesce((select sum(-b.qty - coalesce(a.qty, 0)) from back b left join sold_again a on a.back = b.id where b.line = g.id), 0) <= 0.001 then 1 else 0 end)
          from goods g where g.sale = r.sale) as whole, null as candidates
  from refund r
union all
select t.transaction_id, null, 'return', t.reversed_at, t.amount, null, t.candidates
  from (select cast(f.id as text) as transaction_id, extract(epoch from f.date_order) as reversed_at, f.amount,
               (select string_agg(cast(o.id as text), ',' order by o.id) from pos_order o
                 where o.partner_id = f.partner_id and o.state in ('paid', 'done', 'invoiced') and o.amount_total >= 0 and o.date_order between f.date_order - interval '90 days' and f.date_order
                   and exists (select from returned b where b.typed = f.id)
                   and not exists (select from returned b where b.typed = f.id and b.qty - 0.001 >
                         (select coalesce(sum(s.qty), 0) from pos_order_line s where s.order_id = o.id and s.product_id = b.product_id and s.qty > 0)
                       + (select coalesce(sum(c.qty), 0) from pos_order_line s join pos_order_line c on c.refunded_orderline_id = s.id join pos_order co on co.id = c.order_id
                           where s.order_id = o.id and s.product_id = b.product_id and co.state in ('paid', 'done', 'invoiced')))) as candidates
          from typed f) t
 where t.candidates is not null
 order by reversed_at, transaction_id
