-- The ledger's entries of the days, with how each reversal was made and what the till's transaction ought to show: the points of all rewards on the newest sale of that id.
select l.ledger_id, l.redemption_id, l.kind, l.connection, l.location, l.transaction_id, l.discount_id, l.points, l.happened_at, l.aiq_redemption_id, r.contact_id, r.order_id, r.status, r.queued_at,
       v.method, v.reference, w.connection as till, w.transaction_id as till_transaction, t.status as sale_status, w.last_error as write_back_error,
       (select sum(o.points) from write_back o join redemption r on r.redemption_id = o.redemption_id
         where o.connection = w.connection and o.location = w.location and o.transaction_id = w.transaction_id and coalesce(r.completed_at, r.queued_at) + :#skew_ms >= (
           select max(coalesce(n.completed_at, n.queued_at)) from write_back m join redemption n on n.redemption_id = m.redemption_id
            where m.connection = w.connection and m.location = w.location and m.transaction_id = w.transaction_id)) as write_back_points,
       (select count(*) from write_back o where o.connection = w.connection and o.location = w.location and o.transaction_id = w.transaction_id and o.status <> 'DONE') as write_backs_open
  from ledger l join redemption r on r.redemption_id = l.redemption_id
  left join reversal v on v.redemption_id = l.redemption_id
  left join write_back w on w.redemption_id = l.redemption_id
  left join pos_transaction t on t.connection = l.connection and t.location = l.location and t.transaction_id = l.transaction_id
 where l.account_id = :#account_id and l.local_date >= :#from_date and l.local_date <= :#to_date order by l.ledger_id
