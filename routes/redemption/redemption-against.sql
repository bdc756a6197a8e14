-- AIQ certainly did not run it: due again, or where it was before a restore, or given up when its sale was taken back or nobody waits for it any more.
update redemption set status = case when reversal_wanted is not null then 'RELEASED' when model = 'IMMEDIATE' then 'RELEASED' when restored_from in ('QUEUED', 'SELECTED') then restored_from else 'DUE' end,
       reason = case when model = 'IMMEDIATE' then 'not sent' when reversal_wanted is null then reason when storefront is null then 'sale taken back' else reversal_wanted end, restored_from = null, unknown_since = null, next_attempt_at = :#now, last_error = :#detail, updated_at = :#now
 where redemption_id = :#redemption_id and status = 'UNKNOWN' and fence = :#fence
