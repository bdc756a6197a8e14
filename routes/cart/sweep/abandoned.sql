-- A batch of the shop's carts that were idle too long, with things in them and a known contact, are ABANDONED. Each will be sent, once, or says why not.
update cart set status = 'ABANDONED', abandoned_at = :#now, abandoned_digest = digest, updated_at = :#now,
       send_status = case when cart.send_status in ('SENDING', 'SENT', 'UNCLEAR', 'SUPPRESSED') then cart.send_status when still.reason is null then 'WAITING' else 'SUPPRESSED' end,
       send_reason = case when cart.send_status in ('SENDING', 'SENT', 'UNCLEAR', 'SUPPRESSED') then cart.send_reason else still.reason end,
       next_attempt_at = case when cart.send_status in ('SENDING', 'SENT', 'UNCLEAR', 'SUPPRESSED') then cart.next_attempt_at else :#now end
  from (select connection as shop, cart_id as id,
               case when :#carts = 'off' then 'carts are off'
                    when consent = 'withheld' then 'consent withheld'
                    when consent = 'unknown' and :#consent_unknown = 'kept' then 'consent unknown'
                    when changed_at <= :#restored_at then 'the database was restored'
                    when changed_at < :#too_old_before then 'too old' end as reason
          from cart where connection = :#connection and status = 'OPEN' and (phone is not null or email is not null) and changed_at <= :#idle_before order by changed_at limit :#batch) still
 where cart.connection = still.shop and cart.cart_id = still.id and cart.status = 'OPEN'
