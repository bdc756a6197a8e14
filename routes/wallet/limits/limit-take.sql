-- One more use is counted in the running window, or nothing comes back because there were enough.
insert into request_limit (scope, subject, started_at, used) values (:#scope, :#subject, :#now, 1)
on conflict (scope, subject) do update set
  used = case when request_limit.started_at <= excluded.started_at - :#window_ms then 1 else request_limit.used + 1 end,
  started_at = case when request_limit.started_at <= excluded.started_at - :#window_ms then excluded.started_at else request_limit.started_at end
where request_limit.used < :#most or request_limit.started_at <= excluded.started_at - :#window_ms
returning used
