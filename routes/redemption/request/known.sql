-- The redemption that this caller's request key made, if any.
select k.redemption_id, k.body_hash from idempotency_key k where k.connection = :#caller and k.request_key = :#request_key
