-- Wrong codes that no limit counts any more are gone.
delete from wrong_code where tried_at < :#now - 2592000000
