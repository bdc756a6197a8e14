-- Storefronts: what their webhooks said, the carts and orders that follow from it, and what a redemption needs of them.

-- Webhook secrets and tokens of a storefront, sealed. Several webhook secrets may be good at once while one replaces another.
create table storefront_secret (
  secret_id  text primary key,
  connection text not null,
  name       text not null,
  sealed     text not null,
  hint       text not null,
  created_at bigint not null,
  expires_at bigint
);
create index storefront_secret_of on storefront_secret (connection, name);

-- What the retailer confirmed, for example who redeems a selection; kept when the file changes.
create table confirmation (
  connection   text not null,
  statement    text not null,
  confirmed_by text not null,
  recorded_at  bigint not null,
  primary key (connection, statement, confirmed_by)
);

-- How a storefront is heard: by its webhooks (heard_at), and by asking it (polled_at, up to asked_until).
create table storefront_state (
  connection  text primary key,
  heard_at    bigint,
  polled_at   bigint,
  asked_until bigint,
  silent_at   bigint,
  last_error  text,
  updated_at  bigint not null
);

-- A delivery as it arrived, before anyone decided what it means. status HEARD, DONE, IGNORED or PARKED.
create table inbox (
  inbox_id        ${identity},
  connection      text not null,
  delivery_key    text not null,
  source          text not null,
  topic           text,
  content_type    text,
  headers         text,
  body            text,
  received_at     bigint not null,
  status          text not null,
  attempts        integer not null default 0,
  next_attempt_at bigint not null,
  last_error      text,
  updated_at      bigint not null,
  unique (connection, delivery_key)
);
create index inbox_waiting  on inbox (connection, next_attempt_at) where status = 'HEARD';
create index inbox_parked   on inbox (connection) where status = 'PARKED';
create index inbox_received on inbox (connection, received_at);

-- One shopper's basket: its newest version (version, then digest, so that ties end alike), the newest contact and the newest word about consent that any version had,
-- and whether it is gone. status OPEN, ABANDONED, RECOVERED, ORDERED or EMPTIED follows from these and from the orders (cart-status.sql).
-- order_id: the order that the shop names for it; closed_by: the order that ended it. changed_at: never later than it was heard.
-- send_status null until abandoned, then WAITING, SENDING (next_attempt_at: when its worker is given up), SENT, UNCLEAR or SUPPRESSED.
create table cart (
  connection       text not null,
  cart_id          text not null,
  account_id       text not null,
  status           text not null,
  version          bigint not null,
  digest           text not null,
  changed_at       bigint not null,
  url              text,
  currency         text,
  total            numeric(14,3),
  item_count       integer not null,
  items            text not null,
  phone            text,
  email            text,
  contact_version  bigint not null default -1,
  contact_digest   text not null default '',
  consent          text not null default 'unknown',
  consent_version  bigint not null default -1,
  consent_digest   text not null default '',
  gone_version     bigint,
  order_id         text,
  closed_by        text,
  abandoned_at     bigint,
  abandoned_digest text,
  send_status      text,
  send_reason      text,
  attempts         integer not null default 0,
  next_attempt_at  bigint not null default 0,
  last_error       text,
  created_at       bigint not null,
  updated_at       bigint not null,
  primary key (connection, cart_id)
);
create index cart_idle    on cart (connection, changed_at) where status = 'OPEN' and (phone is not null or email is not null);
create index cart_waiting on cart (connection, next_attempt_at) where status = 'ABANDONED' and send_status = 'WAITING';
create index cart_sending on cart (next_attempt_at) where send_status = 'SENDING';
create index cart_phone   on cart (connection, phone, changed_at) where phone is not null;
create index cart_email   on cart (connection, email, changed_at) where email is not null;
create index cart_order   on cart (connection, order_id) where order_id is not null;
create index cart_closed  on cart (connection, closed_by) where closed_by is not null;

-- A shop's order: its newest version, the newest contact that any version had, and the cart and checkout that any version named.
-- status OPEN, PAID, COMPLETED, CANCELLED or REFUNDED.
create table shop_order (
  connection      text not null,
  order_id        text not null,
  account_id      text not null,
  status          text not null,
  version         bigint not null,
  digest          text not null,
  changed_at      bigint not null,
  placed_at       bigint not null,
  total           numeric(14,3),
  refunded        numeric(14,3),
  phone           text,
  email           text,
  contact_version bigint not null default -1,
  contact_digest  text not null default '',
  gone_version    bigint,
  cart_id         text,
  checkout_id     text,
  created_at      bigint not null,
  updated_at      bigint not null,
  primary key (connection, order_id)
);
create index shop_order_cart     on shop_order (connection, cart_id) where cart_id is not null;
create index shop_order_checkout on shop_order (connection, checkout_id) where checkout_id is not null;
create index shop_order_phone    on shop_order (connection, phone, placed_at) where phone is not null;
create index shop_order_email    on shop_order (connection, email, placed_at) where email is not null;

-- Which storefront's shopper chose it; connection stays the one whose sale or request makes it due. redemption.cart_id: the cart, checkout or order it belongs to.
alter table redemption add column storefront text;
alter table redemption add column order_id text;
alter table redemption add column redeems text;
create index redemption_storefront on redemption (storefront, cart_id) where storefront is not null;
create index redemption_unlinked on redemption (storefront, cart_id) where storefront is not null and order_id is null and status not in ('RELEASED', 'REJECTED');
create unique index redemption_once_per_cart on redemption (storefront, cart_id, discount_id)
  where cart_id is not null and status not in ('RELEASED', 'REJECTED') and reversal_wanted is null;
create index redemption_of_order on redemption (storefront, order_id) where order_id is not null;
create index redemption_orphan on redemption (updated_at) where status = 'EXECUTED' and storefront is not null and order_id is null and reversal_wanted is null;

-- A till's sales of one customer, where the make shows discounts.
create index pos_transaction_phone on pos_transaction (connection, phone) where phone is not null and discount_ids is not null;
create index pos_transaction_email on pos_transaction (connection, email) where email is not null and discount_ids is not null;

-- The orders that a redemption belongs to: by its cart, its checkout, its order, or as linked before. standing: neither cancelled nor wholly refunded.
create view redemption_order as
select l.redemption_id, l.connection, l.order_id, o.changed_at,
       case when o.status in ('CANCELLED', 'REFUNDED') or o.refunded > 0 and o.refunded >= o.total - 0.005 then 0 else 1 end as standing,
       case when o.status in ('PAID', 'COMPLETED') then 1 else 0 end as paid,
       case when o.status = 'COMPLETED' then 1 else 0 end as completed,
       case when o.refunded > 0 then 1 else 0 end as refunded
  from (select r.redemption_id, o.connection, o.order_id from redemption r join shop_order o on o.connection = r.storefront and o.cart_id = r.cart_id
        union all select r.redemption_id, o.connection, o.order_id from redemption r join shop_order o on o.connection = r.storefront and o.checkout_id = r.cart_id
        union all select r.redemption_id, o.connection, o.order_id from redemption r join shop_order o on o.connection = r.storefront and o.order_id = r.cart_id
        union all select r.redemption_id, o.connection, o.order_id from redemption r join shop_order o on o.connection = r.storefront and o.order_id = r.order_id) l
  join shop_order o on o.connection = l.connection and o.order_id = l.order_id;

-- What a customer agreed to or left unticked, word for word as it was shown to them; one row per purpose (loyalty, sms, email). Append-only.
create table consent (
  consent_id   ${identity},
  account_id   text not null,
  connection   text not null,
  phone_hash   text,
  email_hash   text,
  purpose      text not null,
  granted      smallint not null,
  text_version text not null,
  text_hash    text not null,
  wording      text not null,
  language     text not null,
  channel      text not null,
  place        text,
  ip           text,
  staff        text,
  given_at     bigint not null,
  local_time   text not null
);
create index consent_phone on consent (account_id, phone_hash) where phone_hash is not null;
create index consent_email on consent (account_id, email_hash) where email_hash is not null;
