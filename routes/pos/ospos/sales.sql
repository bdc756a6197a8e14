-- The completed sales and invoices after the bound. sale_time is a TIMESTAMP: it is read and bound as epoch seconds, whatever the session's zone.
select cast(s.sale_id as char) as transaction_id, unix_timestamp(s.sale_time) as completed_at,
       (select coalesce(sum(p.payment_amount), 0) from ospos_sales_payments p where p.sale_id = s.sale_id) as total,
       nullif(c.phone_number, '') as phone, nullif(c.email, '') as email, cast(s.customer_id as char) as customer_id, s.comment as note,
       (select sum(case i.discount_type when 1 then i.discount * i.quantity_purchased else i.item_unit_price * i.quantity_purchased * i.discount / 100 end)
          from ospos_sales_items i where i.sale_id = s.sale_id) as discount_total,
       cast(s.employee_id as char) as employee
  from ospos_sales s left join ospos_people c on c.person_id = s.customer_id
 where s.sale_status = 0 and s.sale_type in (0, 1)
   and s.sale_time >= from_unixtime(:#since_epoch) and (s.sale_time > from_unixtime(:#since_epoch) or cast(s.sale_id as char) > :#since_id)
 order by s.sale_time, cast(s.sale_id as char)
