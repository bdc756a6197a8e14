-- What the till's own transactions do not show yet: the points of all rewards on the sale, the newest of that id.
select w.redemption_id, w.connection, w.location, w.transaction_id, w.attempts, w.updated_at as version, w.points as own_points,
       (select sum(o.points) from write_back o join redemption r on r.redemption_id = o.redemption_id
         where o.connection = w.connection and o.location = w.location and o.transaction_id = w.transaction_id and coalesce(r.completed_at, r.queued_at) + :#skew_ms >= (
           select max(coalesce(n.completed_at, n.queued_at)) from write_back m join redemption n on n.redemption_id = m.redemption_id
            where m.connection = w.connection and m.location = w.location and m.transaction_id = w.transaction_id)) as points
  from write_back w where w.connection = :#connection and w.status = 'WANTED' and w.next_attempt_at <= :#now order by w.next_attempt_at limit 100
