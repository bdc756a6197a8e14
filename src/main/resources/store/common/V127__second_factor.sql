-- A second factor: the key that somebody's app counts with, sealed. It is asked for from confirmed_at on; used_step: the newest code that was used, so that none is used twice.
create table page_factor (
  user_name    text primary key references page_user (user_name),
  sealed       text not null,
  confirmed_at bigint,
  used_step    bigint not null default 0,
  created_at   bigint not null
);

-- For who has lost the app; each once, as hashes.
create table page_recovery_code (
  code_hash text primary key,
  user_name text not null references page_user (user_name),
  used_at   bigint
);
create index page_recovery_code_user on page_recovery_code (user_name);

-- code_due: 1 where the password was given and the second factor not yet. address: from where somebody signed in.
alter table page_session add column code_due smallint not null default 0;
alter table page_session add column address text;
