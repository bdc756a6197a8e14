-- The order holds its newest version; one that is gone since is cancelled.
update shop_order set version = :#version, digest = :#digest, changed_at = :#changed_at, placed_at = :#placed_at, total = :#total, refunded = :#refunded, updated_at = :#now,
       status = case when gone_version >= cast(:#version as bigint) then 'CANCELLED' else :#status end
 where connection = :#connection and order_id = :#order_id and (version, digest) < (:#version, :#digest)
