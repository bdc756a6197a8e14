-- bought: 1 where the cart's customer, known by phone or e-mail, has placed an order of the shop since the cart last changed.
create view cart_outlook as
select c.connection, c.cart_id,
       case when (select 1 from shop_order o where o.connection = c.connection and o.phone = c.phone and o.placed_at >= c.changed_at and o.status <> 'UNPLACED' limit 1) is not null
              or (select 1 from shop_order o where o.connection = c.connection and o.email = c.email and o.placed_at >= c.changed_at and o.status <> 'UNPLACED' limit 1) is not null
            then 1 else 0 end as bought
  from cart c;
