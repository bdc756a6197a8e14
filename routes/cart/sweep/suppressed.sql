-- Waiting carts that may no longer be sent say why.
update cart set send_status = 'SUPPRESSED', send_reason = no_longer.reason, updated_at = :#now
  from (select c.connection as shop, c.cart_id as id,
               case when :#carts = 'off' then 'carts are off'
                    when l.consent = 'withheld' then 'consent withheld'
                    when l.consent = 'unknown' and :#consent_unknown = 'kept' then 'consent unknown'
                    when l.bought = 1 and :#older_than_order = 'kept' then 'bought meanwhile'
                    when c.changed_at <= :#restored_at then 'the database was restored'
                    when c.changed_at < :#too_old_before then 'too old' end as reason
          from cart c join cart_outlook l on l.connection = c.connection and l.cart_id = c.cart_id
         where c.connection = :#connection and c.status = 'ABANDONED' and c.send_status = 'WAITING') no_longer
 where cart.connection = no_longer.shop and cart.cart_id = no_longer.id and cart.send_status = 'WAITING' and no_longer.reason is not null
