-- What expired comes back when its order was paid before that and is received later.
update redemption set status = 'DUE', reason = null, due_at = :#now, next_attempt_at = :#now, completed_at = :#now, updated_at = :#now
 where status = 'RELEASED' and reason = 'expired' and redemption_id in (
     select min(e.redemption_id) from redemption e join redemption_order y on y.redemption_id = e.redemption_id
      where y.connection = :#connection and y.order_id = :#order_id and y.standing = 1 and y.paid = 1 and y.changed_at <= e.expires_at
        and e.status = 'RELEASED' and e.reason = 'expired' and e.model = 'PAID'
        and not exists (select 1 from redemption o where o.account_id = e.account_id and o.customer_key = e.customer_key and o.discount_id = e.discount_id and o.reusable = 0
                          and o.status in ('QUEUED', 'SELECTED', 'DUE', 'EXECUTING', 'UNKNOWN', 'PARKED'))
        and not exists (select 1 from redemption o where o.storefront = e.storefront and o.cart_id = e.cart_id and o.discount_id = e.discount_id and o.status not in ('RELEASED', 'REJECTED') and o.reversal_wanted is null)
      group by e.discount_id)
