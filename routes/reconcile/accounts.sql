-- Every account, and the day to which its last comparison by the clock went that could be done.
select a.account_id, a.zone, a.created_at, (select max(r.to_date) from reconcile_run r where r.account_id = a.account_id and r.asked_by = 'clock' and r.status <> 'FAILED') as done_to from account a order by a.account_id
