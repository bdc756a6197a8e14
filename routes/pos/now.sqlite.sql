-- The time by the till database's own clock, in epoch seconds.
select cast(strftime('%s', 'now') as integer) as now
