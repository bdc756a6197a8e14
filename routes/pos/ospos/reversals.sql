-- The sales that were cancelled after they were finished: the till changes the sale in place and keeps its time.
-- A return (sale_type 4) names no original sale, so it cannot be told here.
select cast(s.sale_id as char) as transaction_id, cast(s.sale_id as char) as original_transaction_id, 'void' as kind, unix_timestamp(s.sale_time) as reversed_at, null as amount
  from ospos_sales s where s.sale_status = 2 and s.sale_type in (0, 1) 
   and s.sale_time >= from_unixtime(:#reversed_since_epoch) and (s.sale_time > from_unixtime(:#reversed_since_epoch) or cast(s.sale_id as char) > :#reversed_since_id)
 order by s.sale_time, cast(s.sale_id as char)
