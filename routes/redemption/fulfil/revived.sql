-- What expired comes back, one a poll, when its sale was completed before that and is received later: the till was offline.
update redemption set status = 'DUE', reason = null, due_at = :#now, next_attempt_at = :#now, updated_at = :#now,
       completed_at = (select t.completed_at from pos_transaction t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id)
 where status = 'RELEASED' and reason = 'expired' and redemption_id in (
     select x.redemption_id from redemption x join completed_sale s on s.connection = x.connection and s.location = x.location and s.transaction_id = x.transaction_id
      where x.connection = :#connection and x.status = 'RELEASED' and x.reason = 'expired' and x.expires_at > :#now - 2592000000 and x.model <> 'IMMEDIATE'
                   and s.completed_at > x.queued_at - :#skew_ms and s.completed_at <= x.expires_at
        and not exists (select 1 from redemption o where o.connection = x.connection and o.location = x.location and o.transaction_id = x.transaction_id and o.discount_id = x.discount_id and o.status <> 'RELEASED')
        and not exists (select 1 from redemption o where o.account_id = x.account_id and o.customer_key = x.customer_key and o.discount_id = x.discount_id and o.reusable = 0
                          and o.status in ('QUEUED', 'SELECTED', 'DUE', 'EXECUTING', 'UNKNOWN', 'PARKED'))
        and not exists (select 1 from redemption o where o.storefront = x.storefront and o.cart_id = x.cart_id and o.discount_id = x.discount_id and o.status not in ('RELEASED', 'REJECTED') and o.reversal_wanted is null)
      order by x.queued_at limit 1)
