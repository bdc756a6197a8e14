-- The account's carts are sent again.
update account set carts_held_until = 0, carts_wait_ms = 60000, updated_at = :#now where account_id = :#account_id and carts_held_until > 0
