-- This use is not counted.
update request_limit set used = used - 1 where scope = :#scope and subject = :#subject and used_at = :#now and used > 0
