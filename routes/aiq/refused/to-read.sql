-- Paused accounts whose key is tried by a read now.
select account_id, paused_at, key_wait_ms from account where key_read_at <= :#now and paused_at is not null order by account_id
