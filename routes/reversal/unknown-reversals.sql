-- The account's unclear reversals of which AIQ is to be asked now, for a month those too that wait for a person, with what is known of their last attempt. resends, refusals: attempts before by the same method that
-- certainly had no effect, and those of them that AIQ answered with a refusal. resend_stopped: nothing of the account is settled by AIQ's silence now.
select v.reversal_id, v.redemption_id, v.account_id, v.status, v.fence, v.method, v.reference, v.unknown_since, v.absent_since, a.started_at, a.aiq_started_at, a.ended_at, a.http_status, a.wallet_points,
       r.contact_id, r.discount_id, r.points, r.aiq_redemption_id, r.queued_at, r.flag, (select case when k.resend_stopped_at is null then 0 else 1 end from account k where k.account_id = v.account_id) as resend_stopped, c.phone, c.email, 'RECONCILIATION' as priority,
       (select count(*) from attempt b where b.subject_id = v.reversal_id and b.kind = v.method and b.outcome = 'ABSENT') as resends,
       (select count(*) from attempt b where b.subject_id = v.reversal_id and b.kind = v.method and b.outcome = 'ABSENT' and b.http_status between 400 and 499 and b.http_status not in (401, 403, 404, 408, 429)) as refusals
  from (select u.reversal_id from reversal u where u.account_id = :#account_id and u.status = 'UNKNOWN' and u.next_attempt_at <= :#now
        union all
        select p.reversal_id from reversal p where p.account_id = :#account_id and p.status = 'PARKED' and p.reason = 'unclear' and p.next_attempt_at <= :#now
           and p.unknown_since > :#now - 2592000000) asked
  join reversal v on v.reversal_id = asked.reversal_id join redemption r on r.redemption_id = v.redemption_id join contact c on c.customer_key = r.customer_key
  left join attempt a on a.subject_id = v.reversal_id and a.fence = v.fence and a.started_at > (select coalesce(max(i.restored_at), 0) from installation i)
 order by v.unknown_since limit 100
