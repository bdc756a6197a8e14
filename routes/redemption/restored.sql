-- The database was restored: every open redemption may have been sent since, so evidence comes first; not of those that the till redeems itself.
update redemption set restored_from = case when status = 'EXECUTING' then 'DUE' else status end, status = 'UNKNOWN', unknown_since = :#now, absent_since = null, lists_silent_since = null, contact_changed_since = null, lease_owner = null, lease_until = null,
       last_error = 'the database was restored', updated_at = :#now
 where status in ('QUEUED', 'SELECTED', 'DUE', 'EXECUTING') and coalesce(redeems, '') <> 'pos-native'
