-- The clock that leases run by: this database's, which all bridges on it share.
create view lease_clock as select cast(extract(epoch from clock_timestamp()) * 1000 as bigint) as millis;
