-- Windows of limits that are over for good are gone.
delete from request_limit where used_at < :#limit_before
