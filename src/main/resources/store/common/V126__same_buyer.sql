-- consent: the best word about an identity that the cart has. bought: 1 where its customer, known by phone or e-mail, has placed an order of the shop since it last changed; or another cart of theirs has ended
-- so since, for an order may not say who placed it.
drop view cart_outlook;
create view cart_outlook as
select c.connection, c.cart_id,
       case when c.phone is not null and c.consent_phone = 'granted' or c.email is not null and c.consent_email = 'granted' then 'granted'
            when c.phone is not null and c.consent_phone = 'unknown' or c.email is not null and c.consent_email = 'unknown' then 'unknown'
            else 'withheld' end as consent,
       case when (select 1 from shop_order o where o.connection = c.connection and o.phone = c.phone and o.placed_at >= c.changed_at and o.status <> 'UNPLACED' limit 1) is not null
              or (select 1 from shop_order o where o.connection = c.connection and o.email = c.email and o.placed_at >= c.changed_at and o.status <> 'UNPLACED' limit 1) is not null
              or (select 1 from cart b where b.connection = c.connection and b.phone = c.phone and b.cart_id <> c.cart_id and (b.converted = 1 and b.changed_at >= c.changed_at
                     or (select o.placed_at from shop_order o where o.connection = b.connection and o.order_id = b.closed_by and o.status <> 'UNPLACED') >= c.changed_at) limit 1) is not null
              or (select 1 from cart b where b.connection = c.connection and b.email = c.email and b.cart_id <> c.cart_id and (b.converted = 1 and b.changed_at >= c.changed_at
                     or (select o.placed_at from shop_order o where o.connection = b.connection and o.order_id = b.closed_by and o.status <> 'UNPLACED') >= c.changed_at) limit 1) is not null
            then 1 else 0 end as bought
  from cart c;
