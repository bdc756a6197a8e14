-- Every account that has unclear redemptions or reversals of which AIQ is to be asked now.
select a.account_id from account a where a.paused_at is null
   and (exists (select 1 from redemption r where r.account_id = a.account_id and r.status = 'UNKNOWN' and r.next_attempt_at <= :#now)
     or exists (select 1 from redemption p where p.account_id = a.account_id and p.status = 'PARKED' and p.reason = 'unclear' and p.next_attempt_at <= :#now and p.unknown_since > :#now - 2592000000)
     or exists (select 1 from reversal v where v.account_id = a.account_id and v.status = 'UNKNOWN' and v.next_attempt_at <= :#now))
