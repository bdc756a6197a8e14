-- The completed sales and invoices (sale_type 0 and 1) after the bound: found by the time of their newest payment, and by sale_time where there was nothing to pay.
-- sale_time is the wall clock of OSPOS's own zone, whatever zone the server has: it is read and bound as it stands. payment_time is the server's, an instant.
-- Versions before 3.3.4 have no cash_adjustment: there the name means the 0 of "absent".
select cast(s.sale_id as char) as transaction_id, date_format(s.sale_time, '%Y-%m-%d %H:%i:%s') as completed_at, n.changed_at,
       -- what was kept: change is given back, and cash that was rounded is in the cash payment already
       (select coalesce(sum(p.payment_amount - p.cash_refund), 0) from ospos_sales_payments p where p.sale_id = s.sale_id and cash_adjustment = 0) as total,
       nullif(c.phone_number, '') as phone, nullif(c.email, '') as email, cast(s.customer_id as char) as customer_id,
       concat_ws(char(10 using utf8mb4), left(s.comment, 2000), s.invoice_number,
           (select group_concat(concat_ws(char(10 using utf8mb4), i.description, i.serialnumber, '') order by i.line separator '') from ospos_sales_items i where i.sale_id = s.sale_id),
           (select group_concat(p.reference_code order by p.payment_id separator ' ') from ospos_sales_payments p where p.sale_id = s.sale_id)) as note,
       (select sum(case i.discount_type when 1 then i.discount * i.quantity_purchased else i.item_unit_price * i.quantity_purchased * i.discount / 100 end)
          from ospos_sales_items i where i.sale_id = s.sale_id) as discount_total,
       cast(s.employee_id as char) as employee, coalesce(s.invoice_number, concat('POS ', s.sale_id)) as number,
       (select md5(group_concat(i.item_id, '*', i.quantity_purchased order by i.item_id, i.quantity_purchased)) from ospos_sales_items i where i.sale_id = s.sale_id) as goods
  from (select 0 as cash_adjustment) absent cross join
       (select p.sale_id, max(unix_timestamp(p.payment_time)) as changed_at
          from ospos_sales_payments p
          -- an hour more, which is taken away below: where the server's own zone repeats an hour, from_unixtime() does not say which
         where p.payment_time >= from_unixtime(:#since_epoch) - interval 1 hour group by p.sale_id
         union all
         -- no instant, for the zone is not known here: a number that grows with sale_time and is behind every bound
        select f.sale_id, timestampdiff(second, '1970-01-01', f.sale_time) + 86400
          from ospos_sales f where f.sale_time >= :#since and not exists (select 1 from ospos_sales_payments p where p.sale_id = f.sale_id)) n
  join ospos_sales s on s.sale_id = n.sale_id left join ospos_people c on c.person_id = s.customer_id
 where s.sale_status = 0 and s.sale_type in (0, 1)
   and n.changed_at >= :#since_epoch and (n.changed_at > :#since_epoch or cast(s.sale_id as char) > :#since_id)
 order by n.changed_at, cast(s.sale_id as char)
