-- One use less is counted in the running window.
update request_limit set used = used - 1 where scope = :#scope and subject = :#subject and used > 0
