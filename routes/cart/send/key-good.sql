-- AIQ took a cart again after it had refused one.
update account set resumed_at = null, updated_at = :#now where account_id = :#account_id and refused_call = 'CART' and resumed_at is not null
