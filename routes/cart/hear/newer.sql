-- The cart holds its newest version. A change in the future counts as made now.
update cart set version = :#version, digest = :#digest, url = :#url, currency = :#currency, total = :#total, item_count = :#item_count, items = :#items, updated_at = :#now,
       changed_at = case when cast(:#changed_at as bigint) > cast(:#now as bigint) then cast(:#now as bigint) else cast(:#changed_at as bigint) end
 where connection = :#connection and cart_id = :#cart_id and (version, digest) < (:#version, :#digest)
