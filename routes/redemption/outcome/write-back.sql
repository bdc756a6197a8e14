-- The points are wanted on the till's own transaction, where the connection asks for it.
insert into write_back (redemption_id, connection, location, transaction_id, points, status, next_attempt_at, updated_at)
select r.redemption_id, r.connection, r.location, r.transaction_id, r.points, 'WANTED', :#now, :#now
  from redemption r where r.redemption_id = :#redemption_id and r.transaction_id is not null
