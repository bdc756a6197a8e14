-- A batch of the shop's carts that were idle too long, with things in them and a known contact, are ABANDONED. Each will be sent, once, or says why not;
-- one that was not sent because of another order is looked at anew when it comes alive and is abandoned again.
update cart set status = 'ABANDONED', abandoned_at = :#now, abandoned_digest = digest, updated_at = :#now,
       send_status = case when cart.send_status in ('SENDING', 'SENT', 'UNCLEAR') or still.decided = 1 then cart.send_status when still.reason is null then 'WAITING' else 'SUPPRESSED' end,
       send_reason = case when cart.send_status in ('SENDING', 'SENT', 'UNCLEAR') or still.decided = 1 then cart.send_reason else still.reason end,
       next_attempt_at = case when cart.send_status in ('SENDING', 'SENT', 'UNCLEAR') or still.decided = 1 then cart.next_attempt_at else :#now end
  from (select c.connection as shop, c.cart_id as id,
               case when c.send_status = 'SUPPRESSED' and c.send_reason <> 'bought meanwhile' then 1 else 0 end as decided,
               case when :#carts = 'off' then 'carts are off'
                    when l.consent = 'withheld' then 'consent withheld'
                    when l.consent = 'unknown' and :#consent_unknown = 'kept' then 'consent unknown'
                    when l.bought = 1 and :#older_than_order = 'kept' then 'bought meanwhile'
                    when c.changed_at <= :#restored_at then 'the database was restored'
                    when c.changed_at < :#too_old_before then 'too old' end as reason
          from cart c join cart_outlook l on l.connection = c.connection and l.cart_id = c.cart_id
         where c.connection = :#connection and c.status = 'OPEN' and (c.phone is not null or c.email is not null) and c.changed_at <= :#idle_before order by c.changed_at limit :#batch) still
 where cart.connection = still.shop and cart.cart_id = still.id and cart.status = 'OPEN'
