-- Nobody else is counted until this transaction ends: two at once cannot both be the last that is granted.
select pg_advisory_xact_lock(hashtextextended('limits', 0))
