-- Waiting carts that may no longer be sent say why.
update cart set send_status = 'SUPPRESSED', updated_at = :#now,
       send_reason = case when :#carts = 'off' then 'carts are off'
                     when consent = 'withheld' then 'consent withheld'
                     when consent = 'unknown' and :#consent_unknown = 'kept' then 'consent unknown'
                     when changed_at <= :#restored_at then 'the database was restored'
                     when changed_at < :#too_old_before then 'too old' end
 where connection = :#connection and status = 'ABANDONED' and send_status = 'WAITING'
   and (:#carts = 'off' or consent = 'withheld' or consent = 'unknown' and :#consent_unknown = 'kept' or changed_at <= :#restored_at or changed_at < :#too_old_before)
