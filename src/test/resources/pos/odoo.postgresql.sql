-- Odoo point_of_sale up to 18: the tables, columns, types and indexes that our statements touch, in our own words.
create table res_partner (
  id     serial primary key,
  name   varchar,
  phone  varchar,
  mobile varchar,
  email  varchar
);
create table pos_order (
  id            serial primary key,
  name          varchar not null,
  date_order    timestamp without time zone,
  user_id       integer,
  partner_id    integer references res_partner,
  session_id    integer not null,
  amount_tax    numeric not null,
  amount_total  numeric not null,
  amount_paid   numeric not null,
  amount_return numeric not null,
  state         varchar,
  pos_reference varchar,
  note          text,
  create_date   timestamp without time zone,
  write_date    timestamp without time zone
);
create index pos_order_date_order_index on pos_order (date_order);
create index pos_order_state_index on pos_order (state);
create index pos_order_partner_id_index on pos_order (partner_id) where partner_id is not null;
create table pos_order_line (
  id                    serial primary key,
  order_id              integer not null references pos_order on delete cascade,
  product_id            integer not null,
  qty                   numeric,
  price_unit            numeric,
  price_subtotal        numeric not null,
  price_subtotal_incl   numeric not null,
  discount              numeric,
  customer_note         varchar,
  refunded_orderline_id integer references pos_order_line
);
create index pos_order_line_order_id_index on pos_order_line (order_id);
create index pos_order_line_refunded_orderline_id_index on pos_order_line (refunded_orderline_id) where refunded_orderline_id is not null;
