-- Nobody else is counted until this transaction ends: two at once cannot both be the last that is granted. SQLite has one writer.
select 1
