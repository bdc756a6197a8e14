-- Nothing is changed: the state of each shop, and what of it waits.
select s.connection, s.heard_at, s.polled_at, s.silent_at, s.last_error,
       (select count(*) from inbox i where i.connection = s.connection and i.status = 'HEARD') as waiting,
       (select count(*) from inbox i where i.connection = s.connection and i.status = 'PARKED') as parked
  from storefront_state s
