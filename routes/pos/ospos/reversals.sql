-- The sales that were cancelled after they were finished: OSPOS changes the status in place and keeps every time, so they are found as sales are.
-- When that was is not written anywhere; that it was after sale_time is sure.
select cast(s.sale_id as char) as transaction_id, cast(s.sale_id as char) as original_transaction_id, 'void' as kind,
       date_format(s.sale_time, '%Y-%m-%d %H:%i:%s') as reversed_at, null as amount, n.changed_at
  from (select p.sale_id, max(unix_timestamp(p.payment_time)) as changed_at
          from ospos_sales_payments p
         where p.payment_time >= from_unixtime(:#reversed_since_epoch) - interval 1 hour group by p.sale_id
         union all
        select f.sale_id, timestampdiff(second, '1970-01-01', f.sale_time) + 86400
          from ospos_sales f where f.sale_time >= :#reversed_since and not exists (select 1 from ospos_sales_payments p where p.sale_id = f.sale_id)) n
  join ospos_sales s on s.sale_id = n.sale_id
 where s.sale_status = 2 and s.sale_type in (0, 1)
   and n.changed_at >= :#reversed_since_epoch and (n.changed_at > :#reversed_since_epoch or cast(s.sale_id as char) > :#reversed_since_id)
 order by n.changed_at, cast(s.sale_id as char)
