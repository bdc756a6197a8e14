-- Every account that has due redemptions for which nobody waits, and that nothing holds back.
select a.account_id from account a
 where a.paused_at is null and a.held_until <= :#now
   and exists (select 1 from redemption r where r.account_id = a.account_id and r.status = 'DUE' and r.model <> 'IMMEDIATE' and r.next_attempt_at <= :#now)
