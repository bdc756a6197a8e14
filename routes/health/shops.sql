-- Per shop: is it silent, since when does a delivery wait to be processed, and how many are parked.
select s.connection, case when s.silent_at is null then 0 else 1 end as silent, s.last_error,
       (select count(*) from brake b where b.connection = s.connection and b.braked_at is not null) as braked,
       (select min(i.received_at) from inbox i where i.connection = s.connection and i.status = 'HEARD') as oldest_at,
       (select count(*) from inbox i where i.connection = s.connection and i.status = 'PARKED') as parked
  from storefront_state s
