-- The time by the till database's own clock, in epoch seconds.
select cast(floor(extract(epoch from now())) as bigint) as now
