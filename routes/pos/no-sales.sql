-- This connection's sales are completed by call alone.
select 1 as transaction_id, 1 as completed_at, 1 as total from (select 1 as one) no_row where 1 = 0
