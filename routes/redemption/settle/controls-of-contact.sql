-- What AIQ confirmed of this contact since then, and long enough ago that the contact's timeline has to show it; and the newest of the three months before.
select a.contact_id,
       case when not exists (select 1 from contact d where d.account_id = c.account_id and d.phone = c.phone and d.customer_key <> c.customer_key) then c.phone end as phone,
       case when not exists (select 1 from contact d where d.account_id = c.account_id and d.email = c.email and d.customer_key <> c.customer_key) then c.email end as email,
       a.discount_id, a.transaction_id, a.started_at, a.aiq_started_at, a.ended_at,
       case when exists (select 1 from reversal v where v.redemption_id = a.subject_id) then 1 else 0 end as reversed
  from attempt a left join contact c on c.account_id = a.account_id and c.identity = 'aiq:' || a.contact_id
 where a.account_id = :#account_id and a.contact_id = :#contact_id and a.outcome = 'EXECUTED' and a.kind = 'REDEEM' and a.http_status between 200 and 299 and a.ended_at <= :#shown_before
   and (a.ended_at >= :#since
     or a.ended_at = (select max(b.ended_at) from attempt b
         where b.account_id = :#account_id and b.contact_id = :#contact_id and b.outcome = 'EXECUTED' and b.kind = 'REDEEM' and b.http_status between 200 and 299
           and b.ended_at <= :#shown_before and b.ended_at > :#since - 7776000000 and not exists (select 1 from reversal v where v.redemption_id = b.subject_id)))
