-- AIQ refused something else than the cart: the account's carts wait a minute, then twice as long each time, an hour at most; one is tried then.
update account set carts_held_until = :#now + carts_wait_ms, carts_held_reason = :#detail, carts_wait_ms = case when carts_wait_ms < 1800000 then carts_wait_ms * 2 else 3600000 end, updated_at = :#now
 where account_id = :#account_id
