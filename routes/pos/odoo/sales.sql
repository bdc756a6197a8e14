-- The paid orders after the bound, without those that refund more than they sell. Odoo's times are UTC without a zone; date_order is indexed, write_date is not and moves for the whole day when the session is closed.
-- mobile, note and general_note are columns of some versions only: where the table lacks one, the name means the null of "absent".
select cast(o.id as text) as transaction_id, extract(epoch from o.date_order) as completed_at, o.amount_total as total,
       (select coalesce(nullif(p.phone, ''), nullif(mobile, '')) from res_partner p where p.id = o.partner_id) as phone,
       (select nullif(p.email, '') from res_partner p where p.id = o.partner_id) as email, cast(o.partner_id as text) as customer_id,
       (select concat_ws(' ', general_note, note, (select string_agg(l.customer_note, ' ') from pos_order_line l where l.order_id = n.id)) from pos_order n where n.id = o.id) as note,
       -- a percentage on the line, and reward lines, whose price is negative
       (select coalesce(sum(case when l.qty > 0 and l.price_unit < 0 then -l.price_unit * l.qty else l.price_unit * l.qty * l.discount / 100 end), 0)
          from pos_order_line l where l.order_id = o.id and l.refunded_orderline_id is null) as discount_total,
       cast(o.user_id as text) as employee
  from (select cast(null as text) as mobile, cast(null as text) as note, cast(null as text) as general_note) absent cross join pos_order o
 where o.state in ('paid', 'done', 'invoiced') and o.amount_total >= 0
   and o.date_order >= to_timestamp(:#since_epoch) at time zone 'UTC' and (o.date_order > to_timestamp(:#since_epoch) at time zone 'UTC' or cast(o.id as text) > :#since_id)
 order by o.date_order, cast(o.id as text)
