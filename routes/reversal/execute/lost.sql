-- A reversal whose worker is gone is UNKNOWN when an attempt may have left, and WANTED again when none did.
update reversal set
  status = case when exists (select 1 from attempt a where a.subject_id = reversal_id and a.fence = reversal.fence and coalesce(a.outcome, '') <> 'NOT_SENT') then 'UNKNOWN' else 'WANTED' end,
  unknown_since = :#now, next_attempt_at = :#now, absent_since = null, lease_owner = null, lease_until = null, last_error = 'the worker was gone before it wrote an outcome', updated_at = :#now
 where status = 'EXECUTING' and lease_until <= coalesce((select millis from lease_clock), :#now)
