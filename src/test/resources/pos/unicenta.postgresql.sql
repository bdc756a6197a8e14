-- uniCenta oPOS family: the tables, columns, types and indexes that our statements touch, in our own words.
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
create table receipts (
  id         varchar(255) not null primary key,
  money      varchar(255) not null,
  datenew    timestamp not null,
  attributes bytea,
  person     varchar(255)
);
create index receipts_inx_1 on receipts (datenew);
create table tickets (
  id         varchar(255) not null primary key,
  tickettype integer default 0 not null,
  ticketid   integer not null,
  person     varchar(255) not null,
  customer   varchar(255),
  status     integer default 0 not null
);
create index tickets_ticketid on tickets (tickettype, ticketid);
create table ticketlines (
  ticket     varchar(255) not null,
  line       integer not null,
  product    varchar(255),
  units      double precision not null,
  price      double precision not null,
  taxid      varchar(255) not null,
  attributes bytea,
  primary key (ticket, line)
);
create table payments (
  id      varchar(255) not null primary key,
  receipt varchar(255) not null,
  payment varchar(255) not null,
  total   double precision default 0 not null,
  notes   varchar(255)
);
create index payments_receipt on payments (receipt);
