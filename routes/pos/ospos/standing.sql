-- What became of these sales: one that is on hold again, or became something else than a sale, is open.
select cast(s.sale_id as char) as transaction_id,
       case when s.sale_status = 2 then 'voided' when s.sale_status = 0 and s.sale_type in (0, 1) then 'completed' else 'open' end as state
  from ospos_sales s where s.sale_id in (:#in:transaction_ids)
