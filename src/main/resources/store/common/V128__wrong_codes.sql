-- Each use is a row of its own time, so that a limit counts exactly the time it names, and it can be said when it grants again.
create table request_use (
  scope   text not null,
  subject text not null,
  used_at bigint not null,
  used    integer not null,
  primary key (scope, subject, used_at)
);
insert into request_use (scope, subject, used_at, used) 
  select case scope when 'code-hour' then 'code-customer' else scope end, subject, started_at, used from request_limit;
drop table request_limit;
alter table request_use rename to request_limit;

-- Who asked for the code, and how often others tried it.
alter table pin_sent add column connection text not null default '';
alter table pin_sent add column elsewhere integer not null default 0;

-- A try of a code that was wrong, is not answered yet, or had no clear answer; gone when a right one of the same connection follows while the code lives. A customer is a hash here.
create table wrong_code (
  try_id     text primary key,
  account_id text not null,
  connection text not null,
  subject    text not null,
  sent_at    bigint not null,
  tried_at   bigint not null
);
create index wrong_code_connection on wrong_code (connection, tried_at);
create index wrong_code_subject on wrong_code (connection, subject, tried_at);
