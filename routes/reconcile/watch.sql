-- Of each account's last comparison by the clock: rows that do not balance, and whether it could not be done.
select coalesce(sum(r.differences), 0) as differences, coalesce(sum(case when r.status = 'FAILED' then 1 else 0 end), 0) as failed from reconcile_run r
 where r.asked_by = 'clock' and r.ran_at = (select max(x.ran_at) from reconcile_run x where x.account_id = r.account_id and x.asked_by = 'clock')
