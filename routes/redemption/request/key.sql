-- The same request again finds this redemption.
insert into idempotency_key (connection, request_key, body_hash, redemption_id, created_at) values (:#caller, :#request_key, :#body_hash, :#redemption_id, :#now)
