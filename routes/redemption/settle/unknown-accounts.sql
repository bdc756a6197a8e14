-- Every account that has unclear redemptions or reversals of which AIQ is to be asked now, or attempts of which its report is to be read.
select a.account_id from account a where a.paused_at is null
   and (exists (select 1 from redemption r where r.account_id = a.account_id and r.status = 'UNKNOWN' and r.next_attempt_at <= :#now)
     or exists (select 1 from redemption p where p.account_id = a.account_id and p.status = 'PARKED' and p.reason = 'unclear' and p.next_attempt_at <= :#now and p.unknown_since > :#now - 2592000000)
     or exists (select 1 from reversal v where v.account_id = a.account_id and v.status = 'UNKNOWN' and v.next_attempt_at <= :#now)
     or exists (select 1 from reversal q where q.account_id = a.account_id and q.status = 'PARKED' and q.reason = 'unclear' and q.next_attempt_at <= :#now and q.unknown_since > :#now - 2592000000)
     or a.report_read_at <= :#watched_before
       and (exists (select 1 from attempt e where e.account_id = a.account_id and e.outcome = 'EXECUTED' and e.shown_at is null and e.started_at > :#watched_since and e.ended_at <= :#watched_before
              and e.http_status between 200 and 299 and e.contact_id is not null and e.kind = 'REDEEM')
         or a.report_read_at <= :#watched_rarely and exists (select 1 from attempt n where n.account_id = a.account_id and n.absent_at > :#watched_since and n.kind = 'REDEEM')))
