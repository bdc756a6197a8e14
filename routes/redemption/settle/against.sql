-- AIQ certainly did not run it: released when its sale was reversed or nobody waits for it any longer, or where it was before a restore; else as the evidence says,
-- due again, refused for good, or a person's, because it was sent often enough.
update redemption set absent_since = null, lists_silent_since = null, contact_changed_since = null, restored_from = null, unknown_since = null, next_attempt_at = :#now, last_error = :#detail, updated_at = :#now,
       status = case when reversal_wanted is not null then 'RELEASED' when model = 'IMMEDIATE' then 'RELEASED' when restored_from in ('QUEUED', 'SELECTED') then restored_from else :#against end,
       reason = case when model = 'IMMEDIATE' then 'not sent' when reversal_wanted is null then case when restored_from in ('QUEUED', 'SELECTED') then reason else coalesce(cast(:#against_reason as text), reason) end
                     when storefront is null then 'sale reversed' else reversal_wanted end
 where redemption_id = :#redemption_id and status = 'UNKNOWN' and fence = :#fence and :#against in ('DUE', 'REJECTED', 'PARKED')
