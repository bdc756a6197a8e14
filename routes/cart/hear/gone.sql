-- The cart is gone since this version; without one, for good.
insert into cart (connection, cart_id, account_id, status, version, digest, changed_at, item_count, items, gone_version, created_at, updated_at)
values (:#connection, :#cart_id, :#account_id, 'EMPTIED', -1, '', 0, 0, '[]', coalesce(cast(:#version as bigint), 9223372036854775807), :#now, :#now)
on conflict (connection, cart_id) do update set gone_version = excluded.gone_version where cart.gone_version is null or cart.gone_version < excluded.gone_version
