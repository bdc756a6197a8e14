-- The paid orders after the bound, without those that refund more than they sell or refund only. Odoo's times are UTC without a zone; date_order is indexed, write_date is not and moves for the whole day when the session is closed.
-- The columns of "absent", one beside each table, exist in some versions only: where the table lacks one, its name means the null there. check.sql knows which a version must have.
select (select max(m.id) from pos_payment m where m.pos_order_id = o.id) as arrival, cast(o.id as text) as transaction_id, extract(epoch from o.date_order) as completed_at,
       -- what the tenders came to less change: up to Odoo 17 amount_total lacks the cash rounding
       o.amount_paid as total,
       (select (select coalesce(nullif(p.phone, ''), nullif(mobile, '')) from res_partner p where p.id = o.partner_id) from (select cast(null as text) as mobile) absent_of_partner) as phone,
       (select nullif(p.email, '') from res_partner p where p.id = o.partner_id) as email,
       -- in several countries whoever is nobody is one final consumer, without phone and e-mail
       (select (select cast(p.id as text) from res_partner p where p.id = o.partner_id and concat(p.phone, mobile, p.email) <> '') from (select cast(null as text) as mobile) absent_of_partner) as customer_id,
       (select concat_ws(chr(10), left(note, 2000), left(general_note, 2000), left(general_customer_note, 2000), left(internal_note, 2000), left(floating_order_name, 2000),
                         (select (select string_agg(concat_ws(chr(10), left(customer_note, 2000), left(note, 2000)), chr(10) order by l.id)
                                    from pos_order_line l where l.order_id = o.id and l.refunded_orderline_id is null)
                            from (select cast(null as text) as note) absent_of_line))
          from pos_order n where n.id = o.id) as note,
       -- a percentage on the line, and reward lines, whose price is negative
       (select coalesce(sum(case when l.qty > 0 and l.price_unit < 0 then -l.price_unit * l.qty else l.price_unit * l.qty * l.discount / 100 end), 0)
          from pos_order_line l where l.order_id = o.id and l.refunded_orderline_id is null) as discount_total,
       cast(o.user_id as text) as employee,
       -- up to Odoo 17 there is no uuid, and a refund made in the back office has the receipt number of its sale
       coalesce((select nullif(uuid, '') from pos_order n where n.id = o.id),
                case when not exists (select from pos_order_line l where l.order_id = o.id and l.refunded_orderline_id is not null) then nullif(o.pos_reference, '') end) as reference,
       o.pos_reference as number,
       (select md5(string_agg(l.product_id || '*' || round(l.qty, 3), ',' order by l.product_id, l.qty)) from pos_order_line l where l.order_id = o.id) as goods
  from (select cast(null as text) as note, cast(null as text) as general_note, cast(null as text) as general_customer_note,
               cast(null as text) as internal_note, cast(null as text) as floating_order_name, cast(null as text) as uuid) absent cross join pos_order o
 where o.state in ('paid', 'done', 'invoiced') and o.amount_total >= 0
   and coalesce((select bool_or(l.refunded_orderline_id is null) from pos_order_line l where l.order_id = o.id), true)
   and o.date_order >= to_timestamp(:#since_epoch) at time zone 'UTC' and (o.date_order > to_timestamp(:#since_epoch) at time zone 'UTC' or cast(o.id as text) > :#since_id)
 order by o.date_order, cast(o.id as text)
