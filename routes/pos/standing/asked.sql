-- Of what was last seen in the till's present database: the sales whose redemption may have to be given back, or was, or waits although its sale was reversed, each with the next sale by time that is not known to be missing, the newest with the one before; and the sales that a redemption waits for, or waited for until it expired, and that nothing has read. A page after the last one asked for.
select * from (
select t.location, t.transaction_id, t.status, t.missed_sweeps, case when exists (
         select 1 from pos_transaction l where l.connection = t.connection and l.location = t.location and l.completed_at >= t.completed_at and l.transaction_id <> t.transaction_id
             and l.status <> 'DELETED' and l.seen_at > coalesce((select d.since from pos_database d where d.connection = :#connection), 0) and (l.completed_at > t.completed_at or l.transaction_id > t.transaction_id))
         then (select n.transaction_id from pos_transaction n where n.connection = t.connection and n.location = t.location and n.completed_at >= t.completed_at and n.transaction_id <> t.transaction_id
             and n.missing_at is null and n.status <> 'DELETED' and n.seen_at > coalesce((select d.since from pos_database d where d.connection = :#connection), 0) and (n.completed_at > t.completed_at or n.transaction_id > t.transaction_id) order by n.completed_at, n.transaction_id limit 1)
         else (select p.transaction_id from pos_transaction p where p.connection = t.connection and p.location = t.location and p.completed_at <= t.completed_at and p.transaction_id <> t.transaction_id
             and p.status <> 'DELETED' and p.seen_at > coalesce((select d.since from pos_database d where d.connection = :#connection), 0) order by p.completed_at desc, p.transaction_id desc limit 1) end as neighbour_id
  from (select distinct r.location, r.transaction_id from redemption r
         where r.connection = :#connection and r.queued_at > :#kept_since and r.transaction_id > :#after
           and (r.status in ('DUE', 'EXECUTING', 'UNKNOWN', 'PARKED', 'EXECUTED') or r.status = 'RELEASED' and r.reason = 'sale reversed'
             or r.status = 'QUEUED' and exists (select 1 from pos_transaction w where w.connection = r.connection and w.location = r.location and w.transaction_id = r.transaction_id and w.status <> 'COMPLETED'))) q
  cross join pos_transaction t
 where t.connection = :#connection and t.location = q.location and t.transaction_id = q.transaction_id and t.seen_at > coalesce((select d.since from pos_database d where d.connection = :#connection), 0)
 order by t.transaction_id limit 500) heard
union all
select * from (
select distinct r.location, r.transaction_id, 'UNHEARD' as status, 0 as missed_sweeps, cast(null as text) as neighbour_id from redemption r
 where r.connection = :#connection and r.queued_at > :#kept_since and r.transaction_id > :#after and (r.status = 'QUEUED' or r.status = 'RELEASED' and r.reason = 'expired')
   and not exists (select 1 from pos_transaction t where t.connection = r.connection and t.location = r.location and t.transaction_id = r.transaction_id)
 order by r.transaction_id limit 500) unheard
 order by transaction_id limit 500
