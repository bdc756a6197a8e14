-- Open Source Point of Sale 3.3.4 to 3.4: the tables, columns, types and indexes that our statements touch and what they refer to, in our own words. OsposTill says what 3.3.0 has instead.
create table ospos_people (
  first_name   varchar(255) not null,
  last_name    varchar(255) not null,
  phone_number varchar(255) not null,
  email        varchar(255) not null,
  address_1    varchar(255) not null,
  address_2    varchar(255) not null,
  city         varchar(255) not null,
  state        varchar(255) not null,
  zip          varchar(255) not null,
  country      varchar(255) not null,
  comments     text not null,
  person_id    int not null auto_increment primary key,
  key email (email),
  key first_name (first_name(50), last_name(50), email(50), phone_number(50))
);
create table ospos_customers (
  person_id   int not null primary key,
  taxable     tinyint not null default 1,
  deleted     tinyint not null default 0,
  employee_id int not null,
  foreign key (person_id) references ospos_people (person_id)
);
create table ospos_employees (
  username  varchar(255) not null unique,
  password  varchar(255) not null,
  person_id int not null primary key,
  foreign key (person_id) references ospos_people (person_id)
);
create table ospos_items (
  name        varchar(255) not null,
  category    varchar(255) not null,
  item_number varchar(255) null,
  unit_price  decimal(15,2) not null,
  item_id     int not null auto_increment primary key
);
create table ospos_stock_locations (
  location_id   int not null auto_increment primary key,
  location_name varchar(255) null
);
create table ospos_sales (
  sale_time         timestamp not null default current_timestamp,
  customer_id       int null,
  employee_id       int not null default 0,
  comment           text null,
  invoice_number    varchar(32) null,
  dinner_table_id   int null,
  sale_id           int not null auto_increment primary key,
  quote_number      varchar(32) null,
  sale_status       tinyint not null default 0,
  work_order_number varchar(32) null,
  sale_type         tinyint not null default 0,
  unique key invoice_number (invoice_number),
  key customer_id (customer_id),
  key employee_id (employee_id),
  key sale_time (sale_time),
  foreign key (employee_id) references ospos_employees (person_id),
  foreign key (customer_id) references ospos_customers (person_id)
);
create table ospos_sales_items (
  sale_id            int not null default 0,
  item_id            int not null default 0,
  description        varchar(255) null,
  serialnumber       varchar(30) null,
  line               int not null default 0,
  quantity_purchased decimal(15,3) not null default 0,
  item_cost_price    decimal(15,2) not null,
  item_unit_price    decimal(15,2) not null,
  discount           decimal(15,2) not null default 0,
  discount_type      tinyint not null default 0,
  item_location      int not null,
  print_option       tinyint not null default 0,
  primary key (sale_id, item_id, line),
  key sale_id (sale_id),
  key item_id (item_id),
  foreign key (item_id) references ospos_items (item_id),
  foreign key (sale_id) references ospos_sales (sale_id),
  foreign key (item_location) references ospos_stock_locations (location_id)
);
create table ospos_sales_payments (
  payment_id      int not null auto_increment primary key,
  sale_id         int not null,
  payment_type    varchar(40) not null,
  payment_amount  decimal(15,2) not null,
  cash_refund     decimal(15,2) not null default 0,
  cash_adjustment tinyint not null default 0,
  employee_id     int null,
  payment_time    timestamp not null default current_timestamp,
  reference_code  varchar(40) not null default '',
  key payment_sale (sale_id, payment_type),
  key employee_id (employee_id),
  key payment_time (payment_time),
  foreign key (sale_id) references ospos_sales (sale_id),
  foreign key (employee_id) references ospos_employees (person_id)
);
create table ospos_migrations (
  version bigint not null
);
