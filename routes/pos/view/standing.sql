-- What became of sales, as the owner's views show it: one in aiq_sales is completed unless aiq_reversals has it, or returns that make up its total, since then. Where that view says whole, it decides.
-- Several locations may give the same id.
select s.transaction_id, s.location, case when exists (select 1 from aiq_reversals v where v.original_transaction_id = s.transaction_id and (v.location = s.location or v.location is null and s.location is null) and v.reversed_at >= s.completed_at
              and (v.kind <> 'return' or v.amount is null or whole = 1))
         or s.total > 0 and s.total - 0.005 <= (select sum(abs(p.amount)) from aiq_reversals p where p.original_transaction_id = s.transaction_id and (p.location = s.location or p.location is null and s.location is null) and p.kind = 'return'
              and p.reversed_at >= s.completed_at and whole is null)
       then 'returned' else 'completed' end as state
  from aiq_sales s cross join (select null + 0 as whole) absent where s.transaction_id in (:#in:transaction_ids)
union
select v.original_transaction_id, v.location, 'voided' from aiq_reversals v
 where v.original_transaction_id in (:#in:transaction_ids) and v.kind = 'void' and not exists (select 1 from aiq_sales s where s.transaction_id = v.original_transaction_id and (v.location = s.location or v.location is null and s.location is null))
