-- Nothing was sent, the order that was there was never paid and stands no longer, and none took its place in time: released.
update redemption set status = 'RELEASED', reason = 'order cancelled', updated_at = :#now
 where status in ('QUEUED', 'SELECTED', 'DUE') and storefront = :#connection and order_id is null and updated_at <= :#now - cast(:#orphan_ms as bigint)
   and exists (select 1 from redemption_order x where x.redemption_id = redemption.redemption_id and (x.placed = 1 or x.deleted = 1) and x.standing = 0 and x.paid_once = 0)
   and not exists (select 1 from redemption_order x where x.redemption_id = redemption.redemption_id and (x.standing = 1 or x.paid_once = 1))
   and not exists (select 1 from redemption_order x join shop_order o on o.connection = x.connection and o.order_id = x.order_id
                    where x.redemption_id = redemption.redemption_id and (x.placed = 1 or x.deleted = 1) and o.updated_at > :#now - cast(:#orphan_ms as bigint))
