-- AIQ took a cart again after it had refused one: nothing holds the account's carts back any more.
update account set resumed_at = case when refused_call = 'CART' then null else resumed_at end, carts_held_until = 0, carts_held_reason = null, carts_wait_ms = 60000, updated_at = :#now
 where account_id = :#account_id and (refused_call = 'CART' and resumed_at is not null or carts_held_reason is not null)
