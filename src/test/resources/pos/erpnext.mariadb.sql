-- ERPNext's invoices of a till, what 14, 15 and 16 have in common: the tables, columns, types and indexes that our statements touch, in our own words. erpnext-<version>.mariadb.sql has the rest.
create table `tabInstalled Application` (
  name        varchar(140) not null primary key,
  creation    datetime(6),
  modified    datetime(6),
  app_name    varchar(140),
  app_version varchar(140),
  parent      varchar(140),
  key parent (parent)
);
create table `tabPOS Profile` (
  name     varchar(140) not null primary key,
  creation datetime(6),
  modified datetime(6),
  customer varchar(140)
);
create table `tabPOS Invoice` (
  name                 varchar(140) not null primary key,
  creation             datetime(6),
  modified             datetime(6),
  owner                varchar(140),
  docstatus            int(1) not null default 0,
  customer             varchar(140),
  pos_profile          varchar(140),
  consolidated_invoice varchar(140),
  is_pos               int(1) not null default 1,
  is_return            int(1) not null default 0,
  return_against       varchar(140),
  amended_from         varchar(140),
  posting_date         date,
  posting_time         time(6),
  grand_total          decimal(21,9) not null default 0.000000000,
  rounded_total        decimal(21,9) not null default 0.000000000,
  discount_amount      decimal(21,9) not null default 0.000000000,
  contact_mobile       varchar(140),
  contact_email        varchar(140),
  remarks              text,
  po_no                varchar(140),
  status               varchar(140) default 'Draft',
  key return_against (return_against),
  key customer (customer)
);
create table `tabPOS Invoice Item` (
  name              varchar(140) not null primary key,
  parent            varchar(140),
  item_code         varchar(140),
  item_name         varchar(140),
  qty               decimal(21,9) not null default 0.000000000,
  conversion_factor decimal(21,9) not null default 0.000000000,
  rate              decimal(21,9) not null default 0.000000000,
  discount_amount   decimal(21,9) not null default 0.000000000,
  pos_invoice_item  varchar(140),
  key parent (parent)
);
create table `tabSales Invoice` (
  name            varchar(140) not null primary key,
  creation        datetime(6),
  modified        datetime(6),
  owner           varchar(140),
  docstatus       int(1) not null default 0,
  customer        varchar(140),
  pos_profile     varchar(140),
  is_pos          int(1) not null default 0,
  is_consolidated int(1) not null default 0,
  is_return       int(1) not null default 0,
  return_against  varchar(140),
  amended_from    varchar(140),
  posting_date    date,
  posting_time    time(6),
  grand_total     decimal(21,9) not null default 0.000000000,
  rounded_total   decimal(21,9) not null default 0.000000000,
  discount_amount decimal(21,9) not null default 0.000000000,
  contact_mobile  text,
  contact_email   varchar(140),
  remarks         text,
  po_no           varchar(140),
  status          varchar(140) default 'Draft',
  key return_against (return_against),
  key customer (customer)
);
create table `tabSales Invoice Item` (
  name               varchar(140) not null primary key,
  parent             varchar(140),
  item_code          varchar(140),
  item_name          varchar(140),
  qty                decimal(21,9) not null default 0.000000000,
  conversion_factor  decimal(21,9) not null default 0.000000000,
  rate               decimal(21,9) not null default 0.000000000,
  discount_amount    decimal(21,9) not null default 0.000000000,
  sales_invoice_item varchar(140),
  key parent (parent)
);
