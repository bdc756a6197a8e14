-- What became of orders: a draft was never paid, or is edited by a version that lets it be; one that was paid is returned when every line of goods came back (what that is, says reversals.sql).
with asked as (
    select o.id, o.state from pos_order o
     where o.id in (select case when id ~ '^[0-9]{1,9}$' then cast(id as integer) end from unnest(array[:#in:transaction_ids]) id)),
goods as (
    select g.id, g.order_id as sale, g.qty
      from (select cast(null as integer) as combo_parent_id) absent cross join pos_order_line g
     where g.order_id in (select id from asked) and g.qty > 0 and g.price_unit >= 0
       and not exists (select from pos_order_line c where c.order_id = g.order_id and combo_parent_id = g.id)
       and not exists (select from pos_order t join pos_session n on n.id = t.session_id join pos_config c on c.id = n.config_id where t.id = g.order_id and c.tip_product_id = g.product_id)
       and g.product_id not in (select res_id from ir_model_data where module = 'loyalty' and name in ('gift_card_product_50', 'ewallet_product_50') and model = 'product.product' and res_id is not null)),
back as (
    select b.id, b.refunded_orderline_id as line, b.qty from pos_order_line b join pos_order bo on bo.id = b.order_id
     where b.refunded_orderline_id in (select id from goods) and bo.state in ('paid', 'done', 'invoiced')),
sold_again as (
    select u.refunded_orderline_id as back, sum(u.qty) as qty from pos_order_line u join pos_order uo on uo.id = u.order_id
     where u.refunded_orderline_id in (select id from back) and uo.state in ('paid', 'done', 'invoiced') group by u.refunded_orderline_id)
select cast(o.id as text) as transaction_id,
       case when o.state = 'draft' then 'open'
            when o.state = 'cancel' then 'voided'
            when (select min(case when g.qty - coalesce((select sum(-b.qty - coalesce(a.qty, 0)) from back b left join sold_again a on a.back = b.id where b.line = g.id), 0) <= 0.001 then 1 else 0 end)
                    from goods g where g.sale = o.id) = 1 then 'returned'
            else 'completed' end as state
  from asked o
