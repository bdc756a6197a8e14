-- The database was restored: every open reversal may have been sent since, so evidence comes first.
update reversal set status = 'UNKNOWN', unknown_since = :#now, absent_since = null, last_error = 'the database was restored', updated_at = :#now where status in ('WANTED', 'EXECUTING')
