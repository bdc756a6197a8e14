-- Odoo point_of_sale, what 16, 17, 18 and 19 have in common: the tables, columns, types and indexes that our statements touch, in our own words. odoo-<version>.postgresql.sql has the rest.
create table ir_module_module (
  id             serial primary key,
  name           varchar not null,
  state          varchar,
  latest_version varchar
);
create table ir_model_data (
  id     serial primary key,
  module varchar not null,
  name   varchar not null,
  model  varchar not null,
  res_id integer
);
create unique index ir_model_data_module_name_uniq_index on ir_model_data (module, name);
insert into ir_model_data (module, name, model, res_id) values ('loyalty', 'gift_card_product_50', 'product.product', 50), ('loyalty', 'ewallet_product_50', 'product.product', 51), ('base', 'gift_card_product_50', 'product.product', null);
create table pos_config (
  id             serial primary key,
  name           varchar not null,
  tip_product_id integer
);
insert into pos_config (name, tip_product_id) values ('Main', 60), ('Bar', null);
create table pos_session (
  id        serial primary key,
  config_id integer not null references pos_config
);
create index pos_session_config_id_index on pos_session (config_id);
insert into pos_session (config_id) values (1), (2);
create table res_partner (
  id    serial primary key,
  name  varchar,
  phone varchar,
  email varchar
);
create table pos_order (
  id              serial primary key,
  name            varchar not null,
  date_order      timestamp without time zone,
  user_id         integer,
  partner_id      integer references res_partner,
  session_id      integer,
  sequence_number integer,
  amount_tax      numeric not null,
  amount_total    numeric not null,
  amount_paid     numeric not null,
  amount_return   numeric not null,
  state           varchar,
  pos_reference   varchar,
  create_date     timestamp without time zone,
  write_date      timestamp without time zone
);
create index pos_order_date_order_index on pos_order (date_order);
create index pos_order_session_id_index on pos_order (session_id);
create index pos_order_partner_id_index on pos_order (partner_id) where partner_id is not null;
create table pos_order_line (
  id                    serial primary key,
  order_id              integer not null references pos_order on delete cascade,
  product_id            integer not null,
  name                  varchar not null,
  qty                   numeric,
  price_unit            numeric,
  price_subtotal        numeric not null,
  price_subtotal_incl   numeric not null,
  discount              numeric,
  notice                varchar,
  customer_note         varchar,
  refunded_orderline_id integer references pos_order_line
);
create index pos_order_line_order_id_index on pos_order_line (order_id);
create table pos_payment (
  id                serial primary key,
  pos_order_id      integer not null references pos_order,
  payment_method_id integer not null,
  amount            numeric not null,
  payment_date      timestamp without time zone not null,
  is_change         boolean
);
create index pos_payment_pos_order_id_index on pos_payment (pos_order_id);
