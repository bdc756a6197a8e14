-- What the shop answered waits like a delivery, once for each version of each thing.
insert into inbox (connection, delivery_key, source, topic, content_type, body, received_at, status, next_attempt_at, updated_at)
values (:#connection, :#delivery_key, 'poll', :#topic, 'application/json', :#body, :#now, 'HEARD', :#now, :#now)
on conflict (connection, delivery_key) do nothing
