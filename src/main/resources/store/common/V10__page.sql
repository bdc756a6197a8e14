-- The integrations page: who may sign in, and who is.

-- A person; password_hash is null until they set a password with a one-time code.
create table page_user (
  user_name     text primary key,
  password_hash text,
  created_at    bigint not null,
  updated_at    bigint not null
);

-- One-time codes with which a password is set, as hashes.
create table page_code (
  code_hash  text primary key,
  user_name  text not null references page_user (user_name),
  created_at bigint not null,
  expires_at bigint not null,
  used_at    bigint
);
create index page_code_user on page_code (user_name);

-- Who is signed in: the cookie's token as a hash. csrf: what every form of this session carries; confirmed_at: when the password was last given;
-- notice: a sentence for the next page that is shown.
create table page_session (
  token_hash   text primary key,
  user_name    text not null references page_user (user_name),
  csrf         text not null,
  notice       text,
  created_at   bigint not null,
  seen_at      bigint not null,
  confirmed_at bigint not null
);
create index page_session_user on page_session (user_name);
