-- The account's attempts of which AIQ's report has to show what became of them: what AIQ confirmed, and what its records said had no effect. None when its report is not to be read now.
select a.subject_id, a.fence, a.outcome, a.contact_id,
       case when not exists (select 1 from contact d where d.account_id = c.account_id and d.phone = c.phone and d.customer_key <> c.customer_key) then c.phone end as phone,
       case when not exists (select 1 from contact d where d.account_id = c.account_id and d.email = c.email and d.customer_key <> c.customer_key) then c.email end as email,
       a.discount_id, a.transaction_id, a.started_at, a.aiq_started_at, a.ended_at, a.http_status, a.shown_at, a.missing_at,
       case when exists (select 1 from reversal v where v.redemption_id = a.subject_id) then 1 else 0 end as reversed,
       (select r.flag from redemption r where r.redemption_id = a.subject_id) as flag,
       case when exists (select 1 from attempt n where n.account_id = a.account_id and n.transaction_id = a.transaction_id and n.started_at > a.started_at and coalesce(n.outcome, 'UNKNOWN') = 'UNKNOWN')
            then (select min(coalesce(n.aiq_started_at, n.started_at)) from attempt n where n.account_id = a.account_id and n.transaction_id = a.transaction_id and n.started_at > a.started_at) end as doubted_from
  from account k join attempt a on a.account_id = k.account_id left join contact c on c.account_id = a.account_id and c.identity = 'aiq:' || a.contact_id
 where k.account_id = :#account_id and (:#unknown_rows > 0 or k.report_read_at <= :#watched_before)
   and a.kind = 'REDEEM' and a.contact_id is not null and coalesce(a.absent_at, a.started_at) > :#watched_since and coalesce(a.absent_at, a.ended_at) > k.resend_allowed_at
   and (a.outcome = 'EXECUTED' and a.http_status between 200 and 299 or a.absent_at is not null)
 order by a.started_at desc limit 2000
