-- Since when each shop says nothing (one that never did: since it first told us something when asked), and how long the gaps between its last hundred deliveries were.
select s.connection, s.silent_at,
       coalesce(s.heard_at, (select min(i.received_at) from inbox i where i.connection = s.connection)) as heard_at,
       (select (max(l.received_at) - min(l.received_at)) / (case when count(*) > 1 then count(*) - 1 else 1 end)
          from (select i.received_at from inbox i where i.connection = s.connection and i.source = 'webhook' order by i.received_at desc limit 100) l) as usual_gap
  from storefront_state s
