-- The time by the till database's own clock, in epoch seconds.
select unix_timestamp() as now
