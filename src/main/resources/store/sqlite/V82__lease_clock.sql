-- The clock that leases run by: the bridge's own, as no other machine has this file.
create view lease_clock as select cast(null as bigint) as millis;
