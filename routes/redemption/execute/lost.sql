-- A redemption whose worker is gone is UNKNOWN when an attempt may have left, and DUE again when none did.
update redemption set
  status = case when exists (select 1 from attempt a where a.subject_id = redemption_id and a.fence = redemption.fence and coalesce(a.outcome, '') <> 'NOT_SENT') then 'UNKNOWN' else 'DUE' end,
  unknown_since = case when exists (select 1 from attempt a where a.subject_id = redemption_id and a.fence = redemption.fence and coalesce(a.outcome, '') <> 'NOT_SENT') then :#now else unknown_since end,
  next_attempt_at = :#now, absent_since = null, lists_silent_since = null, contact_changed_since = null, lease_owner = null, lease_until = null, last_error = 'the worker was gone before it wrote an outcome', updated_at = :#now
 where status = 'EXECUTING' and lease_until <= coalesce((select millis from lease_clock), :#now)
