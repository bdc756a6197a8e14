-- The shop's cart that waits longest is SENDING, if it is still abandoned, no order names it, its customer has not bought since, it may be sent, and neither the account is held back nor an emergency stop about it, nor what waited for one leaving badly. Only the identities that were agreed to are told.
update cart set send_status = 'SENDING', attempts = attempts + 1, next_attempt_at = :#lease_until, updated_at = :#now
 where send_status = 'WAITING' and (connection, cart_id) in (
   select c.connection, c.cart_id from cart c join account a on a.account_id = c.account_id join cart_outlook l on l.connection = c.connection and l.cart_id = c.cart_id
    where c.connection = :#connection and c.status = 'ABANDONED' and c.send_status = 'WAITING' and c.next_attempt_at <= :#now
      and not exists (select 1 from order_name n join shop_order o on o.connection = n.connection and o.order_id = n.order_id
                       where n.connection = c.connection and n.value = c.cart_id and n.sort in ('cart', 'checkout') and o.status <> 'UNPLACED')
      and :#carts = 'on' and (l.consent = 'granted' or l.consent = 'unknown' and :#consent_unknown = 'sent') and c.changed_at > :#restored_at and c.changed_at >= :#too_old_before
      and (l.bought = 0 or :#older_than_order = 'sent')
      and not exists (select 1 from stop s where s.lifted_at is null
                       and (s.scope = 'EVERYTHING' or s.scope = 'ACCOUNT' and s.name = c.account_id or s.scope = 'CONNECTION' and s.name = c.connection))
      and not exists (select 1 from drain d where d.account_id = c.account_id and (d.under_way >= d.most or d.bad_at > :#now - 60000))
      and a.paused_at is null and a.held_until <= :#now and a.carts_held_until <= :#now
    order by c.next_attempt_at limit :#room)
returning connection, cart_id, account_id,
          case when consent_phone = 'granted' or consent_phone = 'unknown' and :#consent_unknown = 'sent' then phone end as phone,
          case when consent_email = 'granted' or consent_email = 'unknown' and :#consent_unknown = 'sent' then email end as email, url, currency, total, items, abandoned_at, changed_at, attempts, next_attempt_at
