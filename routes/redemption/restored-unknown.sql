-- The database was restored: what was UNKNOWN in it is settled from the beginning, because it may have been sent again since.
update redemption set unknown_since = :#now, next_attempt_at = :#now, absent_since = null, lists_silent_since = null, contact_changed_since = null where status = 'UNKNOWN'
