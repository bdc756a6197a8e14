-- The sales that were cancelled after they were finished: OSPOS changes the status in place and keeps every time, so they are found as sales are; when it was is not written, only that it was after sale_time.
-- And the returns (sale_type 4), which name no sale: those of the same customer within 90 days before, with at least as much of each article, may be meant. A return without a customer says nothing.
select cast(s.sale_id as char) as transaction_id, if(s.sale_type = 4, null, cast(s.sale_id as char)) as original_transaction_id, if(s.sale_type = 4, 'return', 'void') as kind,
       date_format(s.sale_time, '%Y-%m-%d %H:%i:%s') as reversed_at,
       if(s.sale_type = 4, (select abs(coalesce(sum(p.payment_amount - p.cash_refund), 0)) from ospos_sales_payments p where p.sale_id = s.sale_id and cash_adjustment = 0), null) as amount,
       n.changed_at,
       if(s.sale_type = 4, (select group_concat(o.sale_id order by o.sale_id)
                              from ospos_sales o
                             where o.customer_id = s.customer_id and o.sale_status = 0 and o.sale_type in (0, 1) and o.sale_time <= s.sale_time and o.sale_time > s.sale_time - interval 90 day
                               and not exists (select 1 from ospos_sales_items r
                                                where r.sale_id = s.sale_id
                                                  and r.quantity_purchased + (select coalesce(sum(i.quantity_purchased), 0) from ospos_sales_items i where i.sale_id = o.sale_id and i.item_id = r.item_id) < 0)),
          null) as candidates
  from (select 0 as cash_adjustment) absent cross join
       (select p.sale_id, max(unix_timestamp(p.payment_time)) as changed_at
          from ospos_sales_payments p
         where p.payment_time >= from_unixtime(:#reversed_since_epoch) - interval 1 hour group by p.sale_id
         union all
        select f.sale_id, timestampdiff(second, '1970-01-01', f.sale_time) + 86400
          from ospos_sales f where f.sale_time >= :#reversed_since and not exists (select 1 from ospos_sales_payments p where p.sale_id = f.sale_id)) n
  join ospos_sales s on s.sale_id = n.sale_id
 where (s.sale_status = 2 and s.sale_type in (0, 1) or s.sale_status = 0 and s.sale_type = 4)
   and n.changed_at >= :#reversed_since_epoch and (n.changed_at > :#reversed_since_epoch or cast(s.sale_id as char) > :#reversed_since_id)
having original_transaction_id is not null or candidates is not null
 order by n.changed_at, cast(s.sale_id as char)
