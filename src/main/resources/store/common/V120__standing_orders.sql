-- Whether an order stands follows from its newest version and from what any version said. status is one of
-- UNPLACED (not ordered, or no longer: the shopper is at the checkout, or a payment failed that may be tried again), OPEN, PAID, COMPLETED, CANCELLED, REFUNDED and DELETED.
-- paid_once: 1 when any version said that it is paid or handed over.
alter table shop_order add column paid_once integer not null default 0;
update shop_order set paid_once = 1 where status in ('PAID', 'COMPLETED', 'REFUNDED') or refunded > 0;
update shop_order set status = 'DELETED' where status = 'CANCELLED' and gone_version >= version;

-- Every name that an order is known by. sort: order (its id), cart, checkout or name (what people call it: #1001). Names of two sorts may be alike, an id that a caller gives finds only those of its own sort.
create table order_name (
  connection text not null,
  value      text not null,
  sort       text not null,
  order_id   text not null,
  primary key (connection, value, sort, order_id)
);
create index order_name_order on order_name (connection, order_id);
insert into order_name (connection, value, sort, order_id) select connection, order_id, 'order', order_id from shop_order;
insert into order_name (connection, value, sort, order_id) select connection, cart_id, 'cart', order_id from shop_order where cart_id is not null;
insert into order_name (connection, value, sort, order_id) select connection, checkout_id, 'checkout', order_id from shop_order where checkout_id is not null;
insert into order_name (connection, value, sort, order_id) select connection, cart_id, 'cart', order_id from cart where order_id is not null on conflict do nothing;

-- What a redemption's cart_id names, where that is known: cart, checkout, order or name.
alter table redemption add column cart_sort text;

-- A refund that the shop keeps as an order of its own is credited to the order that it names. whole: 1 where everything came back.
create table order_refund (
  connection text not null,
  refund_id  text not null,
  order_id   text not null,
  version    bigint not null,
  amount     numeric(14,3),
  whole      integer not null default 0,
  primary key (connection, refund_id)
);
create index order_refund_order on order_refund (connection, order_id);

-- Since when the shop's orders are known without a gap (epoch milliseconds): it was asked for all that changed from then to asked_until.
alter table storefront_state add column asked_from bigint;

-- The shop itself says that the cart became an order, though perhaps not which.
alter table cart add column converted integer not null default 0;

drop view needs_look;
drop view sendable;
drop view redemption_order;
drop index shop_order_cart;
drop index shop_order_checkout;
alter table shop_order drop column cart_id;
alter table shop_order drop column checkout_id;

-- The orders that a redemption belongs to: by a name that it shares with them, or as linked before. An id of unknown sort finds an order only where no order of another sort has it as well, and, unless it names a cart,
-- only where the order's contact is not another one. standing: ordered, and neither cancelled, deleted nor wholly refunded; placed: ordered once, as far as it was seen.
create view redemption_order as
select l.redemption_id, l.connection, l.order_id, o.changed_at,
       case when o.status in ('UNPLACED', 'CANCELLED', 'REFUNDED', 'DELETED') or o.refunded > 0 and o.refunded >= o.total - 0.005
              or (select max(f.whole) from order_refund f where f.connection = o.connection and f.order_id = o.order_id) = 1
              or (select sum(f.amount) from order_refund f where f.connection = o.connection and f.order_id = o.order_id) >= case when o.total > 0 then o.total - 0.005 end then 0 else 1 end as standing,
       case when o.status in ('PAID', 'COMPLETED') then 1 else 0 end as paid,
       case when o.status = 'COMPLETED' then 1 else 0 end as completed,
       case when o.refunded > 0 or (select max(f.refund_id) from order_refund f where f.connection = o.connection and f.order_id = o.order_id) is not null then 1 else 0 end as refunded,
       case when o.status = 'UNPLACED' or o.version < 0 then 0 else 1 end as placed,
       o.paid_once,
       case when o.status = 'DELETED' then 1 else 0 end as deleted
  from (select r.redemption_id, n.connection, n.order_id from redemption r join order_name n on n.connection = r.storefront and n.value = r.cart_id and n.sort = r.cart_sort
        union all
        select r.redemption_id, n.connection, n.order_id from redemption r join order_name n on n.connection = r.storefront and n.value = r.cart_id
         where r.cart_sort is null
           and not exists (select 1 from order_name m where m.connection = n.connection and m.value = n.value and m.sort <> n.sort and m.order_id <> n.order_id
                             and not exists (select 1 from order_name k where k.connection = m.connection and k.value = m.value and k.sort = n.sort and k.order_id = m.order_id))
           and (n.sort = 'cart'
             or not exists (select 1 from contact c join shop_order s on s.connection = n.connection and s.order_id = n.order_id
                             where c.customer_key = r.customer_key and (c.phone <> s.phone or c.email <> s.email) and coalesce(c.phone, '') <> coalesce(s.phone, '-') and coalesce(c.email, '') <> coalesce(s.email, '-')))
        union all
        select r.redemption_id, r.storefront, r.order_id from redemption r where r.order_id is not null) l
  join shop_order o on o.connection = l.connection and o.order_id = l.order_id;

-- Redemptions that may be sent: due, not wanted back, and their sale still completed or their order still paid.
create view sendable as
select r.redemption_id, r.account_id, r.contact_id, r.next_attempt_at from redemption r
 where r.status = 'DUE' and r.reversal_wanted is null
   and (r.model in ('POS', 'INFORMATIONAL') and exists (select 1 from completed_sale t where t.connection = r.connection and t.location = r.location
          and t.transaction_id = r.transaction_id)
     or r.model = 'PAID' and exists (select 1 from redemption_order x where x.redemption_id = r.redemption_id and x.standing = 1 and x.paid = 1));

-- Why each redemption and reversal needs a look, from look_at on. decided: 1 where only a decision ends it, 0 where it may also be looked at and left as it is.
create view needs_look as
select r.redemption_id as subject_id, r.redemption_id, r.account_id, r.reason as reason, r.updated_at as since, r.updated_at as look_at, 1 as decided
  from redemption r where r.status = 'PARKED'
union all
select r.redemption_id, r.redemption_id, r.account_id, r.reason, r.updated_at, r.updated_at, 0
  from redemption r where r.status = 'REJECTED' and r.model <> 'IMMEDIATE' and r.looked_at is null
union all
select r.redemption_id, r.redemption_id, r.account_id, r.flag, r.updated_at, r.updated_at, 0
  from redemption r where r.flag is not null and r.flag_looked_at is null
union all
select w.redemption_id, w.redemption_id, w.account_id, 'waits-for-sale', w.since, w.look_at, 0
  from (select r.redemption_id, r.account_id, r.looked_at, r.queued_at as since,
               r.queued_at + case when coalesce(u.for_sale_ms, d.for_sale_ms) > (r.expires_at - r.queued_at) / 4 then coalesce(u.for_sale_ms, d.for_sale_ms) else (r.expires_at - r.queued_at) / 4 end as look_at
          from redemption r
          join usual_wait d on d.connection = '' and d.model = ''
          left join usual_wait u on u.connection = r.connection and u.model = r.model
         where r.status in ('QUEUED', 'SELECTED') and coalesce(r.redeems, '') <> 'pos-native'
           and not exists (select 1 from completed_sale t where t.connection = r.connection and t.location = r.location and t.transaction_id = r.transaction_id and t.completed_at >= r.queued_at)
           and not (r.model = 'PAID' and exists (select 1 from redemption_order x where x.redemption_id = r.redemption_id and x.standing = 1))) w
 where w.looked_at is null or w.looked_at < w.look_at
union all
select w.redemption_id, w.redemption_id, w.account_id, 'waits-for-payment', w.since, w.look_at, 0
  from (select r.redemption_id, r.account_id, r.looked_at, r.queued_at as since, r.queued_at + 1209600000 as look_at
          from redemption r
         where r.status = 'QUEUED' and r.model = 'PAID'
           and exists (select 1 from redemption_order x where x.redemption_id = r.redemption_id and x.standing = 1)
           and not exists (select 1 from redemption_order x where x.redemption_id = r.redemption_id and x.standing = 1 and x.paid = 1)) w
 where w.looked_at is null or w.looked_at < w.look_at
union all
select w.redemption_id, w.redemption_id, w.account_id, 'not-made-due', w.since, w.look_at, 0
  from (select r.redemption_id, r.account_id, r.looked_at, t.heard_at as since,
               case when t.heard_at > r.queued_at then t.heard_at else r.queued_at end + coalesce(u.to_send_ms, d.to_send_ms) as look_at
          from redemption r
          join completed_sale t on t.connection = r.connection and t.location = r.location and t.transaction_id = r.transaction_id and t.completed_at >= r.queued_at
          join usual_wait d on d.connection = '' and d.model = ''
          left join usual_wait u on u.connection = r.connection and u.model = r.model
         where r.status in ('QUEUED', 'SELECTED') and coalesce(r.redeems, '') <> 'pos-native'
           and not exists (select 1 from observation o where o.redemption_id = r.redemption_id)) w
 where w.looked_at is null or w.looked_at < w.look_at
union all
select w.redemption_id, w.redemption_id, w.account_id, 'not-made-due', w.since, w.look_at, 0
  from (select r.redemption_id, r.account_id, r.looked_at, r.updated_at as since, r.updated_at + coalesce(u.to_send_ms, d.to_send_ms) as look_at
          from redemption r
          join usual_wait d on d.connection = '' and d.model = ''
          left join usual_wait u on u.connection = r.connection and u.model = r.model
         where r.status = 'QUEUED' and r.model = 'PAID'
           and exists (select 1 from redemption_order x where x.redemption_id = r.redemption_id and x.standing = 1 and x.paid = 1)) w
 where w.looked_at is null or w.looked_at < w.look_at
union all
select w.redemption_id, w.redemption_id, w.account_id, w.reason, w.since, w.look_at, 0
  from (select r.redemption_id, r.account_id, r.looked_at,
               case when r.status = 'UNKNOWN' then 'waits-for-evidence' else 'waits-to-be-sent' end as reason,
               case when r.status = 'UNKNOWN' then r.unknown_since else coalesce(r.due_at, r.updated_at) end as since,
               case when r.status = 'UNKNOWN' then r.unknown_since + coalesce(u.in_doubt_ms, d.in_doubt_ms)
                    else coalesce(r.due_at, r.updated_at) + coalesce(u.to_send_ms, d.to_send_ms) end as look_at
          from redemption r
          join usual_wait d on d.connection = '' and d.model = ''
          left join usual_wait u on u.connection = r.connection and u.model = r.model
         where r.status in ('DUE', 'EXECUTING', 'UNKNOWN')) w
 where w.looked_at is null or w.looked_at < w.look_at
union all
select w.redemption_id, w.redemption_id, w.account_id, 'reversal-not-made', w.since, w.look_at, 0
  from (select r.redemption_id, r.account_id, r.looked_at, r.updated_at as since, r.updated_at + coalesce(u.to_send_ms, d.to_send_ms) as look_at
          from redemption r
          join usual_wait d on d.connection = '' and d.model = ''
          left join usual_wait u on u.connection = r.connection and u.model = r.model
         where r.status = 'EXECUTED' and r.reversal_wanted is not null and r.reversal_wanted > '' and not exists (select 1 from reversal v where v.redemption_id = r.redemption_id)) w
 where w.looked_at is null or w.looked_at < w.look_at
union all
select v.reversal_id, v.redemption_id, v.account_id, coalesce(v.reason, v.kind), v.updated_at, v.updated_at, 1
  from reversal v where v.status in ('PARKED', 'REJECTED') and (v.status = 'PARKED' or coalesce(v.reason, '') <> 'left as taken')
union all
select w.reversal_id, w.redemption_id, w.account_id, w.reason, w.since, w.look_at, 0
  from (select v.reversal_id, v.redemption_id, v.account_id, v.looked_at,
               case when v.status = 'UNKNOWN' then 'reversal-waits-for-evidence' else 'reversal-waits' end as reason,
               case when v.status = 'UNKNOWN' then v.unknown_since else v.created_at end as since,
               case when v.status = 'UNKNOWN' then v.unknown_since + coalesce(u.in_doubt_ms, d.in_doubt_ms) else v.created_at + coalesce(u.to_send_ms, d.to_send_ms) end as look_at
          from reversal v join redemption r on r.redemption_id = v.redemption_id
          join usual_wait d on d.connection = '' and d.model = ''
          left join usual_wait u on u.connection = r.connection and u.model = r.model
         where v.status in ('WANTED', 'EXECUTING', 'UNKNOWN')) w
 where w.looked_at is null or w.looked_at < w.look_at;
