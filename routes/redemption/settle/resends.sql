-- How much of the account was said to have had no effect in the last hour and goes or went again, and how much of that AIQ executed since and showed in its report.
select case when k.resend_stopped_at is null then 0 else 1 end as stopped, count(a.subject_id) as again,
       coalesce(sum(case when exists (select 1 from attempt c where c.subject_id = a.subject_id and c.outcome = 'EXECUTED' and c.shown_at is not null)
         or exists (select 1 from evidence e where e.account_id = a.account_id and e.subject_id = a.subject_id) then 1 else 0 end), 0) as confirmed
  from account k left join attempt a on a.account_id = k.account_id and a.absent_at > :#now - 3600000 and a.kind = 'REDEEM'
   and exists (select 1 from redemption g where g.redemption_id = a.subject_id and g.status not in ('RELEASED', 'REJECTED'))
 where k.account_id = :#account_id group by k.account_id, k.resend_stopped_at
