-- What the till's own transactions do not show yet.
select redemption_id, connection, location, transaction_id, points, attempts, updated_at as version from write_back
 where connection = :#connection and status = 'WANTED' and next_attempt_at <= :#now order by next_attempt_at limit 100
