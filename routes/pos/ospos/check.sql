-- What check says of OSPOS beside the rest: its version, the columns that this version must have and has not as far as the login sees, and whether it keeps the connection's zone.
select if(v.newest < 20190612100000, 'fail', 'ok') as level, concat('this is ', v.version) as text,
       if(v.newest < 20190612100000, 'Its payments have no time of their own: 3.3 or later is needed.', '') as hint
  from (select m.newest, concat('Open Source Point of Sale ', case when m.newest >= 20220127000000 then '3.4' when m.newest >= 20201108100000 then '3.3.4 to 3.3.9' when m.newest >= 20190612100000 then '3.3.0 to 3.3.3' else 'older than 3.3' end) as version
          from (select max(cast(version as unsigned)) as newest from ospos_migrations) m) v
 union all
select 'fail', concat('the database has no ', w.name, ', which is in every Open Source Point of Sale from ', if(w.since = 20201108100000, '3.3.4', '3.3.0'), ' on'),
       'Run the statements for the owner, or let OSPOS finish its own migration.'
  from (select 'ospos_sales.sale_time' as name, 20190612100000 as since union all select 'ospos_sales.sale_status', 20190612100000 union all select 'ospos_sales.sale_type', 20190612100000
        union all select 'ospos_sales.customer_id', 20190612100000 union all select 'ospos_sales.comment', 20190612100000 union all select 'ospos_sales.invoice_number', 20190612100000
        union all select 'ospos_sales_payments.payment_amount', 20190612100000 union all select 'ospos_sales_payments.cash_refund', 20190612100000 union all select 'ospos_sales_payments.cash_adjustment', 20201108100000
        union all select 'ospos_sales_payments.payment_time', 20190612100000 union all select 'ospos_sales_payments.reference_code', 20190612100000 union all select 'ospos_sales_items.quantity_purchased', 20190612100000
        union all select 'ospos_sales_items.discount_type', 20190612100000 union all select 'ospos_people.phone_number', 20190612100000 union all select 'ospos_people.email', 20190612100000) w
 where w.since <= (select max(cast(version as unsigned)) from ospos_migrations)
   and not exists (select 1 from information_schema.columns c where c.table_schema = database() and concat(c.table_name, '.', c.column_name) = w.name)
 union all
-- sale_time is OSPOS's clock, payment_time the server's: the sale where they agree best, for a sale's date can be edited and a payment can come later
select case when abs(d.off) < 120 then 'ok' when abs(d.off) < 900 then 'warn' else 'fail' end,
       case when abs(d.off) < 120 then 'OSPOS keeps the clock of the connection''s zone' else concat('the clock that OSPOS writes is ', sec_to_time(abs(d.off)), if(d.off < 0, ' behind', ' ahead of'), ' that of the connection''s zone') end,
       case when abs(d.off) < 120 then '' when abs(d.off) < 900 then 'Look at the clocks of OSPOS''s server and of its database.' else 'Set zone to the one under Store Config, Locale. If the clocks were changed since the newest sale, look again after the next one.' end
  from (select cast(substring_index(group_concat(t.off order by abs(t.off)), ',', 1) as signed) as off
          from (select timestampdiff(second, :#wall_clock, s.sale_time) - (unix_timestamp(p.payment_time) - :#now_epoch) as off
                  from ospos_sales_payments p join ospos_sales s on s.sale_id = p.sale_id
                 where p.payment_time >= from_unixtime(:#now_epoch) - interval 2 day and s.sale_status <> 1 order by p.payment_time desc limit 20) t) d
 where d.off is not null
