-- Every account that has unclear redemptions or reversals of which AIQ is to be asked now.
select a.account_id from account a where a.paused_at is null
   and (exists (select 1 from redemption r where r.account_id = a.account_id and r.next_attempt_at <= :#now
          and (r.status = 'UNKNOWN' or r.status = 'PARKED' and r.reason = 'unclear' and r.unknown_since > :#now - 2592000000))
     or exists (select 1 from reversal v where v.account_id = a.account_id and v.status = 'UNKNOWN' and v.next_attempt_at <= :#now))
