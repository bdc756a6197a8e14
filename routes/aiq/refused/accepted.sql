-- AIQ takes the key: the account goes on, and what was refused has to succeed before such a refusal may pass by itself again.
update account set paused_at = null, paused_reason = null, key_read_at = null, resumed_at = :#now, updated_at = :#now where account_id = :#account_id and paused_at = :#paused_at
