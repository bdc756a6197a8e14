-- The order is gone since this version, without one for good: unless it was changed after that, it is deleted.
insert into shop_order (connection, order_id, account_id, status, version, digest, changed_at, placed_at, gone_version, created_at, updated_at)
values (:#connection, :#order_id, :#account_id, 'DELETED', -1, '', 0, 0, coalesce(cast(:#version as bigint), 9223372036854775807), :#now, :#now)
on conflict (connection, order_id) do update set gone_version = excluded.gone_version, updated_at = excluded.updated_at,
  status = case when shop_order.version <= excluded.gone_version then 'DELETED' else shop_order.status end
 where shop_order.gone_version is null or shop_order.gone_version < excluded.gone_version
