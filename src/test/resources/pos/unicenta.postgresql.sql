-- uniCenta oPOS and KrIOlOS POS: the tables, columns, types and keys that the till writes and our statements touch, in our own words (db-changelog-v4_5.xml of KrIOlOS).
create table applications (
  id      varchar(255) not null primary key,
  name    varchar(255) not null,
  version varchar(255) not null
);
create table people (
  id   varchar(255) not null primary key,
  name varchar(255) not null
);
create table taxes (
  id   varchar(255) not null primary key,
  name varchar(255) not null,
  rate double precision default 0 not null
);
create table products (
  id        varchar(255) not null primary key,
  reference varchar(255) not null unique,
  code      varchar(255) not null,
  name      varchar(255) not null,
  category  varchar(255) not null,
  taxcat    varchar(255) not null
);
create table customers (
  id        varchar(255) not null primary key,
  searchkey varchar(255) not null unique,
  name      varchar(255) not null,
  card      varchar(255),
  firstname varchar(255),
  lastname  varchar(255),
  email     varchar(255),
  phone     varchar(255),
  phone2    varchar(255)
);
create table closedcash (
  money        varchar(255) not null primary key,
  host         varchar(255) not null,
  hostsequence integer not null,
  datestart    timestamp not null
);
create table receipts (
  id         varchar(255) not null primary key,
  money      varchar(255) not null references closedcash (money),
  datenew    timestamp not null,
  attributes bytea,
  person     varchar(255)
);
create index receipts_inx_1 on receipts (datenew);
create table tickets (
  id         varchar(255) not null primary key references receipts (id),
  tickettype integer default 0 not null,
  ticketid   integer not null,
  person     varchar(255) not null references people (id),
  customer   varchar(255) references customers (id),
  status     integer default 0 not null
);
create index tickets_customers_fk on tickets (customer);
create index tickets_fk_2 on tickets (person);
create index tickets_ticketid on tickets (tickettype, ticketid);
create table ticketlines (
  ticket                  varchar(255) not null references tickets (id),
  line                    integer not null,
  product                 varchar(255) references products (id),
  attributesetinstance_id varchar(255),
  units                   double precision not null,
  price                   double precision not null,
  taxid                   varchar(255) not null references taxes (id),
  attributes              bytea,
  primary key (ticket, line)
);
create table payments (
  id        varchar(255) not null primary key,
  receipt   varchar(255) not null references receipts (id),
  payment   varchar(255) not null,
  total     double precision default 0 not null,
  transid   varchar(255),
  returnmsg bytea,
  notes     varchar(255),
  tendered  double precision,
  cardname  varchar(255),
  voucher   varchar(255)
);
create index payments_fk_receipt on payments (receipt);
create index payments_inx_1 on payments (payment);
create table taxlines (
  id      varchar(255) not null primary key,
  receipt varchar(255) not null references receipts (id),
  taxid   varchar(255) not null references taxes (id),
  base    double precision default 0 not null,
  amount  double precision default 0 not null
);
create index taxlines_receipt on taxlines (receipt);
insert into people (id, name) values ('1', 'admin'), ('3', 'empl');
insert into taxes (id, name, rate) values ('000', 'Tax Exempt', 0), ('001', 'Tax Standard', 0.15);
insert into products (id, reference, code, name, category, taxcat) values ('xxx999_999xxx_x9x9x9', 'xxx999', 'xxx999', 'Free Line entry', '000', '001'), ('xxx998_998xxx_x8x8x8', 'xxx998', 'xxx998', 'Service Charge', '000', '001');
