-- The database was restored: what was UNKNOWN in it is settled from the beginning, because it may have been sent again since.
update reversal set unknown_since = :#now, next_attempt_at = :#now, absent_since = null where status = 'UNKNOWN'
