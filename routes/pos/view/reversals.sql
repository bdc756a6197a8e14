-- The voids, returns and deletions after the bound, as the owner's view aiq_reversals gives them.
select * from aiq_reversals
 where reversed_at >= :#reversed_since and (reversed_at > :#reversed_since or transaction_id > :#reversed_since_id)
 order by reversed_at, transaction_id
