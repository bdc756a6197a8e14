-- The delivery, or what the shop answered, waits to be processed; once, whoever sends it again.
insert into inbox (connection, delivery_key, source, topic, content_type, headers, body, received_at, status, next_attempt_at, updated_at)
values (:#connection, :#delivery_key, :#source, :#topic, :#content_type, :#headers, :#body, :#received_at, 'HEARD', :#received_at, :#received_at)
on conflict (connection, delivery_key) do nothing
