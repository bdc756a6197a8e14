-- ERPNext POS Invoice: the tables, columns, types and indexes that our statements touch, in our own words.
create table `tabPOS Profile` (
  name     varchar(140) not null primary key,
  creation datetime(6),
  modified datetime(6),
  customer varchar(140),
  key modified (modified)
);
create table `tabPOS Invoice` (
  name            varchar(140) not null primary key,
  creation        datetime(6),
  modified        datetime(6),
  owner           varchar(140),
  docstatus       int(1) not null default 0,
  customer        varchar(140),
  pos_profile     varchar(140),
  is_return       int(1) not null default 0,
  return_against  varchar(140),
  amended_from    varchar(140),
  posting_date    date,
  posting_time    time(6),
  grand_total     decimal(21,9) not null default 0.000000000,
  rounded_total   decimal(21,9) not null default 0.000000000,
  discount_amount decimal(21,9) not null default 0.000000000,
  contact_mobile  varchar(140),
  contact_email   varchar(140),
  remarks         text,
  status          varchar(140) default 'Draft',
  key modified (modified),
  key return_against (return_against)
);
create table `tabPOS Invoice Item` (
  name            varchar(140) not null primary key,
  parent          varchar(140),
  qty             decimal(21,9) not null default 0.000000000,
  rate            decimal(21,9) not null default 0.000000000,
  discount_amount decimal(21,9) not null default 0.000000000,
  key parent (parent)
);
