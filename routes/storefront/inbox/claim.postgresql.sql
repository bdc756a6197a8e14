-- The oldest deliveries of the connection are ours for the time of the lease; should we die, they come again.
-- array(): the inner statement runs once; with in (…) PostgreSQL may run it again and again, and takes more than its limit.
update inbox set next_attempt_at = cast(:#now as bigint) + cast(:#lease_ms as bigint), updated_at = :#now
 where status = 'HEARD' and inbox_id = any (array(
   select i.inbox_id from inbox i where i.connection = :#connection and i.status = 'HEARD' and i.next_attempt_at <= :#now
    order by i.next_attempt_at, i.inbox_id limit :#page for update skip locked))
returning inbox_id, connection, source, topic, content_type, headers, body, received_at, attempts
