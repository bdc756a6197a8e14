-- AIQ refused this account's key: nothing of it is sent. The stores are read with the same key before long; where the account went on that way before, and AIQ has not taken a call like the refused one since, a person has to enter the key.
update account set paused_at = :#now, paused_reason = :#detail, updated_at = :#now,
       refused_call = case when :#refused_call = 'WALLET' and account_id in (select account_id from key_on_trial) then refused_call else :#refused_call end,
       key_read_at = case when account_id not in (select account_id from key_on_trial) then :#now + 60000 when :#refused_call = 'WALLET' then :#now + key_wait_ms end,
       key_wait_ms = case when account_id not in (select account_id from key_on_trial) then 120000 when key_wait_ms < 1800000 then key_wait_ms * 2 else 3600000 end
 where account_id = :#account_id and paused_at is null
returning coalesce(key_read_at, 0)
