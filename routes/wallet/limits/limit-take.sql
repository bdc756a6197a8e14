-- One more use is counted.
insert into request_limit (scope, subject, used_at, used) values (:#scope, :#subject, :#now, 1)
on conflict (scope, subject, used_at) do update set used = request_limit.used + 1
