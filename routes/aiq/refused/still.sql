-- The read did not go through: the account stays paused, and its key is tried again then.
update account set key_read_at = :#next_read_at, key_wait_ms = :#next_wait_ms where account_id = :#account_id and paused_at = :#paused_at
