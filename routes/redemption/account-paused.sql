-- AIQ does not accept this account's key: everything of it waits until the key changes.
update account set paused_at = :#now, paused_reason = :#detail, updated_at = :#now where account_id = :#account_id and paused_at is null
