-- This make tells of no voids and returns.
select 1 as transaction_id, 1 as original_transaction_id, 1 as kind, 1 as reversed_at, 1 as amount from (select 1 as one) no_row where 1 = 0
