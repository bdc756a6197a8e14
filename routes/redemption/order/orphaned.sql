-- What was redeemed at once for the shop and no order stands for in time must be reversed: none came, or the one that came was never paid and stands no longer.
-- Only where nothing can be on its way: the shop was asked for all since then, and since such an order ended, and answered completely (of one that cannot be asked something was received since, and it is not silent),
-- and nothing of it waits or is parked.
update redemption set updated_at = :#now,
       reversal_wanted = case when exists (select 1 from redemption_order x where x.redemption_id = redemption.redemption_id and x.placed = 1) then 'order cancelled' else 'no order' end
 where status = 'EXECUTED' and storefront = :#connection and order_id is null and reversal_wanted is null and model = 'IMMEDIATE' and updated_at <= :#now - cast(:#orphan_ms as bigint) and coalesce(flag, '') <> 'order-unheard'
   and not exists (select 1 from redemption_order x where x.redemption_id = redemption.redemption_id and (x.standing = 1 or x.paid_once = 1))
   and not exists (select 1 from order_name n where n.connection = redemption.storefront and n.value = redemption.cart_id and n.sort = coalesce(redemption.cart_sort, n.sort)
                      and not exists (select 1 from redemption_order x where x.redemption_id = redemption.redemption_id and x.order_id = n.order_id))
   and not exists (select 1 from cart k where k.connection = redemption.storefront and k.cart_id = redemption.cart_id and k.converted = 1
                      and not exists (select 1 from redemption_order x where x.redemption_id = redemption.redemption_id and x.placed = 1))
   and not exists (select 1 from inbox i where i.connection = redemption.storefront and i.status in ('HEARD', 'PARKED') and i.received_at >= redemption.created_at)
   and exists (select 1 from storefront_state s where s.connection = redemption.storefront
                  and (:#asked = 'never' and s.silent_at is null and s.heard_at >= redemption.created_at
                    or s.asked_from <= redemption.created_at and s.asked_until >= redemption.updated_at + cast(:#orphan_ms as bigint))
                  and not exists (select 1 from redemption_order x join shop_order o on o.connection = x.connection and o.order_id = x.order_id
                                   where x.redemption_id = redemption.redemption_id and (x.placed = 1 or x.deleted = 1)
                                     and o.updated_at + cast(:#orphan_ms as bigint) > case when :#asked = 'never' then cast(:#now as bigint) else s.asked_until end))
