-- The completed sales after the bound, as the owner's view aiq_sales gives them.
select * from aiq_sales
 where completed_at >= :#since and (completed_at > :#since or transaction_id > :#since_id)
 order by completed_at, transaction_id
