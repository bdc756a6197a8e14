-- The order holds its newest version; of two equal ones, that which the shop answered when it was asked. One that is gone since is deleted.
update shop_order set version = :#version, digest = :#digest, changed_at = :#changed_at, placed_at = :#placed_at, total = :#total, refunded = :#refunded, updated_at = :#now,
       status = case when gone_version >= cast(:#version as bigint) then 'DELETED' else :#status end
 where connection = :#connection and order_id = :#order_id and ((version, digest) < (:#version, :#digest) or :#answered = 1 and version = :#version and digest <> :#digest)
