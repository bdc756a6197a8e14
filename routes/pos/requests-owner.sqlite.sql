-- The tables in which a till that can only write to its database asks, and is answered. request_id is the till's own and is never used twice.
create table aiq_request (
  request_id        varchar(64) primary key,
  kind              varchar(10) not null, -- VERIFY, VIEW, REDEEM or SIGNUP
  phone             varchar(40),
  email             varchar(254),
  code              varchar(10),          -- VIEW: the customer's; wiped when it is read
  subtotal          decimal(14,3),
  wallet_session    varchar(64),          -- REDEEM: as VIEW answered it
  discount_id       varchar(128),
  transaction_id    varchar(128),
  employee          varchar(100),
  first_name        varchar(100),
  last_name         varchar(100),
  consent           smallint,             -- SIGNUP: 1 when the customer ticked box 1, AIQ's text
  sms_opt_in        smallint,
  email_opt_in      smallint,
  text_version      varchar(40),
  text_hash         varchar(64),
  language          varchar(35),
  asked_at          bigint not null default (strftime('%s', 'now') + 0),
  status            varchar(10) not null default 'NEW', -- WORKING, then DONE, REFUSED or TRY_AGAIN
  claimed_at        bigint,
  answered_at       bigint,
  problem           varchar(60),
  message           varchar(500),
  points            decimal(14,3),
  note              varchar(20),
  redemption_id     varchar(64),
  redemption_status varchar(20)
);
create index aiq_request_status on aiq_request (status);
create table aiq_request_discount (
  request_id      varchar(64) not null,
  line            integer not null,
  discount_id     varchar(128) not null,
  pos_discount_id varchar(128),
  name            varchar(200),
  points          decimal(14,3),
  usable          smallint not null,
  reason          varchar(40),
  primary key (request_id, line)
);
