-- Open Source Point of Sale 3.4: the tables, columns, types and indexes that our statements touch, in our own words.
create table ospos_people (
  person_id    int not null auto_increment primary key,
  first_name   varchar(255) not null,
  last_name    varchar(255) not null,
  phone_number varchar(255) not null,
  email        varchar(255) not null,
  comments     text not null,
  key email (email)
);
create table ospos_sales (
  sale_id         int not null auto_increment primary key,
  sale_time       timestamp not null default current_timestamp,
  customer_id     int null,
  employee_id     int not null default 0,
  comment         text null,
  invoice_number  varchar(32) null,
  quote_number    varchar(32) null,
  dinner_table_id int null,
  sale_status     tinyint not null default 0,
  sale_type       tinyint not null default 0,
  unique key invoice_number (invoice_number),
  key customer_id (customer_id),
  key employee_id (employee_id),
  key sale_time (sale_time)
);
create table ospos_sales_items (
  sale_id            int not null,
  item_id            int not null,
  line               int not null,
  description        varchar(255) null,
  quantity_purchased decimal(15,3) not null,
  item_cost_price    decimal(15,2) not null,
  item_unit_price    decimal(15,2) not null,
  discount           decimal(15,2) not null default 0,
  discount_type      tinyint not null default 0,
  item_location      int not null,
  primary key (sale_id, item_id, line)
);
create table ospos_sales_payments (
  payment_id     int not null auto_increment primary key,
  sale_id        int not null,
  payment_type   varchar(40) not null,
  payment_amount decimal(15,2) not null,
  employee_id    int null,
  payment_time   timestamp not null default current_timestamp,
  key sale_id (sale_id)
);
