-- What AIQ confirmed of this account since then, and long enough ago that its lists have to show it; the newest before, where there is none since.
-- What was given back is left out: nobody knows whether a list keeps it.
select a.contact_id, a.discount_id, a.transaction_id, a.started_at, a.aiq_started_at, a.ended_at
  from attempt a
 where a.account_id = :#account_id and a.kind = 'REDEEM' and a.outcome = 'EXECUTED' and a.http_status between 200 and 299 and a.contact_id is not null
   and a.ended_at <= :#shown_before and not exists (select 1 from reversal v where v.redemption_id = a.subject_id)
   and (a.ended_at >= :#since or a.ended_at = (select max(b.ended_at) from attempt b
         where b.account_id = :#account_id and b.kind = 'REDEEM' and b.outcome = 'EXECUTED' and b.http_status between 200 and 299 and b.contact_id is not null
           and b.ended_at <= :#shown_before and not exists (select 1 from reversal v where v.redemption_id = b.subject_id)))
 order by a.ended_at desc limit 2000
