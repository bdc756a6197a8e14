-- The time by the till database's own clock, in epoch seconds.
select datediff_big(second, '1970-01-01', sysutcdatetime()) as now
