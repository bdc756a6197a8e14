-- The bridge's own tables, the same text for SQLite and PostgreSQL.
-- Times are epoch milliseconds bound from the clock bean; flags are 0 or 1; points are decimals with at most three places.

-- restored_at: the last time that this database was found to be a restored backup or a copy.
create table installation (
  installation_id text primary key,
  created_at      bigint not null,
  beat_at         bigint not null,
  restored_at     bigint
);

-- One brand's AIQ account. held_until: AIQ is out or told us to wait, claim nothing before then.
create table account (
  account_id     text primary key,
  brand          text not null,
  uid            text not null,
  api_key_sealed text not null,
  api_key_hint   text not null,
  country        text not null,
  zone           text not null,
  paused_reason  text,
  paused_at      bigint,
  held_until     bigint not null default 0,
  created_at     bigint not null,
  updated_at     bigint not null
);

-- Keys of the back ends that call us; each bound to one connection. Only the hash is kept.
create table caller_key (
  key_id      text primary key,
  connection  text not null,
  secret_hash text not null,
  hint        text not null,
  created_at  bigint not null,
  expires_at  bigint,
  revoked_at  bigint
);
create index caller_key_connection on caller_key (connection);

-- The person as one account knows them. The only table with phones and e-mails that outlives a wallet session;
-- everything else, the ledger included, holds customer_key, a random surrogate.
create table contact (
  customer_key text primary key,
  account_id   text not null references account (account_id),
  identity     text not null,
  contact_id   text,
  phone        text,
  email        text,
  created_at   bigint not null,
  updated_at   bigint not null,
  unique (account_id, identity)
);
create index contact_phone on contact (account_id, phone) where phone is not null;
create index contact_email on contact (account_id, email) where email is not null;

-- A short-lived copy of what AIQ offered this customer; holds no redemption URL.
create table wallet_session (
  session_id    text primary key,
  account_id    text not null,
  connection    text not null,
  customer_key  text not null references contact (customer_key),
  points        numeric(14,3),
  points_hidden smallint not null default 0,
  discounts     text not null,
  opened_at     bigint not null,
  expires_at    bigint not null
);
create index wallet_session_expires on wallet_session (expires_at);

-- How often something was done in the running window: one atomic upsert decides and counts. A customer is a hash here.
create table request_limit (
  scope      text not null,
  subject    text not null,
  started_at bigint not null,
  used       integer not null,
  primary key (scope, subject)
);

-- The last code that went out to this customer, a hash, and how often it was tried.
create table pin_sent (
  account_id text not null,
  subject    text not null,
  sent_at    bigint not null,
  tries      integer not null default 0,
  primary key (account_id, subject)
);

-- Takings back of a connection are stopped while braked_at is set; released by a person, the brake does not hold again for an hour. redemption.md section 4.
create table brake (
  connection  text primary key,
  braked_at   bigint,
  released_at bigint,
  updated_at  bigint not null
);

create table pos_poll (
  connection    text primary key,
  watermark     bigint,
  swept_at      bigint,
  polled_at     bigint,
  last_error    text,
  requests_error text,
  updated_at    bigint not null
);

-- A sale as the make's SQL gave it; status COMPLETED, VOIDED, RETURNED or DELETED, and when we heard that it was taken back.
create table pos_transaction (
  connection     text not null,
  location       text not null,
  transaction_id text not null,
  status         text not null,
  completed_at   bigint not null,
  total          numeric(14,3) not null,
  phone          text,
  email          text,
  customer_id    text,
  note           text,
  discount_ids   text,
  discount_total numeric(14,3),
  employee       text,
  future         smallint not null default 0,
  seen_at        bigint not null,
  missed_sweeps  integer not null default 0,
  taken_back_at  bigint,
  heard_at       bigint not null,
  updated_at     bigint not null,
  primary key (connection, location, transaction_id)
);
create index pos_transaction_completed on pos_transaction (connection, completed_at);
create index pos_transaction_taken_back on pos_transaction (connection, updated_at) where status <> 'COMPLETED';
create index pos_transaction_note on pos_transaction (connection, note) where note is not null;

-- A void, return or deletion as the make's SQL gave it, once. The brake counts these.
create table pos_reversal (
  connection              text not null,
  location                text not null,
  transaction_id          text not null,
  original_transaction_id text not null,
  kind                    text not null,
  reversed_at             bigint not null,
  amount                  numeric(14,3),
  heard_at                bigint not null,
  status                  text not null,
  reason                  text,
  updated_at              bigint not null,
  primary key (connection, location, transaction_id, kind)
);
create index pos_reversal_status on pos_reversal (status, connection, heard_at);

-- The row that must never be lost or done twice. redemption.md section 1.
create table redemption (
  redemption_id     text primary key,
  account_id        text not null references account (account_id),
  connection        text not null,
  location          text not null,
  model             text not null,
  status            text not null,
  note              text not null unique,
  transaction_id    text,
  cart_id           text,
  customer_key      text not null references contact (customer_key),
  contact_id        text,
  discount_id       text not null,
  discount_name     text not null,
  pos_discount_id   text,
  points            numeric(14,3) not null,
  reusable          smallint not null default 0,
  employee          text,
  queued_at         bigint not null,
  expires_at        bigint not null,
  completed_at      bigint,
  due_at            bigint,
  next_attempt_at   bigint not null,
  attempts          integer not null default 0,
  fence             bigint not null default 0,
  lease_owner       text,
  lease_until       bigint,
  unknown_since     bigint,
  restored_from     text,
  reversal_wanted   text,
  flag              text,
  reason            text,
  last_error        text,
  aiq_redemption_id text,
  created_at        bigint not null,
  updated_at        bigint not null
);
create index redemption_claim    on redemption (account_id, next_attempt_at) where status = 'DUE';
create index redemption_open     on redemption (status, next_attempt_at) where status in ('QUEUED', 'SELECTED', 'EXECUTING', 'UNKNOWN', 'PARKED');
create index redemption_waiting  on redemption (connection) where status in ('QUEUED', 'SELECTED');
create index redemption_unsent  on redemption (connection) where status in ('QUEUED', 'SELECTED', 'DUE');
create index redemption_expired  on redemption (connection, expires_at) where status = 'RELEASED' and reason = 'expired';
create index redemption_taken_back on redemption (connection) where reversal_wanted is not null;
create index redemption_sale     on redemption (connection, location, transaction_id);
create index redemption_promised on redemption (account_id, customer_key);
create unique index redemption_once_per_sale on redemption (connection, location, transaction_id, discount_id)
  where status <> 'RELEASED' and transaction_id is not null;
create unique index redemption_once_while_open on redemption (account_id, customer_key, discount_id)
  where reusable = 0 and status in ('QUEUED', 'SELECTED', 'DUE', 'EXECUTING', 'UNKNOWN', 'PARKED');

create table idempotency_key (
  connection    text not null,
  request_key   text not null,
  body_hash     text not null,
  redemption_id text not null references redemption (redemption_id),
  created_at    bigint not null,
  primary key (connection, request_key)
);

-- Every time bytes may have left for AIQ: written before the first byte. subject_id: a redemption or a reversal.
create table attempt (
  subject_id     text not null,
  fence          bigint not null,
  kind           text not null,
  account_id     text not null,
  node           text not null,
  started_at     bigint not null,
  wallet_points  numeric(14,3),
  wallet_offered smallint,
  ended_at       bigint,
  outcome        text,
  http_status    integer,
  detail         text,
  primary key (subject_id, fence)
);

-- Append-only: what the auditor gets. points is what the customer spent: positive for REDEEMED, negative for REVERSED.
create table ledger (
  ledger_id         ${identity},
  account_id        text not null,
  redemption_id     text not null,
  kind              text not null,
  connection        text not null,
  location          text not null,
  transaction_id    text,
  customer_key      text not null,
  discount_id       text not null,
  discount_name     text not null,
  points            numeric(14,3) not null,
  happened_at       bigint not null,
  local_date        text not null,
  aiq_redemption_id text,
  employee          text,
  unique (redemption_id, kind)
);
create index ledger_period on ledger (account_id, local_date);

-- What the till's own database shall show for this sale; points 0 takes it back.
create table write_back (
  redemption_id   text primary key references redemption (redemption_id),
  connection      text not null,
  location        text not null,
  transaction_id  text not null,
  points          numeric(14,3) not null,
  status          text not null,
  attempts        integer not null default 0,
  next_attempt_at bigint not null,
  last_error      text,
  updated_at      bigint not null
);
create index write_back_wanted on write_back (connection, next_attempt_at) where status = 'WANTED';

-- Points to be given back: its own row, one per redemption whoever asks. redemption.md section 4.
create table reversal (
  reversal_id     text primary key,
  redemption_id   text not null unique references redemption (redemption_id),
  account_id      text not null,
  connection      text not null,
  status          text not null,
  kind            text not null,
  method          text not null,
  reference       text not null unique,
  attempts        integer not null default 0,
  next_attempt_at bigint not null,
  fence           bigint not null default 0,
  lease_owner     text,
  lease_until     bigint,
  unknown_since   bigint,
  reason          text,
  last_error      text,
  created_at      bigint not null,
  updated_at      bigint not null
);
create index reversal_of_connection on reversal (connection, created_at);
create index reversal_open on reversal (status, next_attempt_at) where status in ('WANTED', 'EXECUTING', 'UNKNOWN', 'PARKED');

-- A row of AIQ's own reports that settled one of ours; each settles at most one.
create table evidence (
  account_id  text not null,
  aiq_row     text not null,
  subject_id  text not null,
  source      text not null,
  consumed_at bigint not null,
  primary key (account_id, aiq_row)
);

-- Calls made to AIQ per minute, so that the hour's limit survives a restart.
create table budget_minute (
  account_id text not null,
  minute     bigint not null,
  used       integer not null,
  primary key (account_id, minute)
);

-- What an observing connection would have done.
create table observation (
  redemption_id text not null,
  connection    text not null,
  would         text not null,
  observed_at   bigint not null,
  primary key (redemption_id, would)
);

-- The transitions that exist; a trigger refuses all others (redemption.md section 1).
create table redemption_transition (from_status text not null, to_status text not null, primary key (from_status, to_status));
insert into redemption_transition (from_status, to_status) values
  ('QUEUED', 'DUE'), ('SELECTED', 'DUE'), ('QUEUED', 'RELEASED'), ('SELECTED', 'RELEASED'), ('DUE', 'RELEASED'), ('RELEASED', 'DUE'),
  ('DUE', 'EXECUTING'), ('EXECUTING', 'DUE'), ('EXECUTING', 'EXECUTED'), ('EXECUTING', 'REJECTED'), ('EXECUTING', 'UNKNOWN'),
  ('UNKNOWN', 'EXECUTED'), ('UNKNOWN', 'DUE'), ('UNKNOWN', 'RELEASED'),
  ('QUEUED', 'PARKED'), ('SELECTED', 'PARKED'), ('DUE', 'PARKED'), ('EXECUTING', 'PARKED'), ('UNKNOWN', 'PARKED'),
  ('PARKED', 'DUE'), ('PARKED', 'EXECUTED'), ('PARKED', 'RELEASED'),
  ('QUEUED', 'UNKNOWN'), ('SELECTED', 'UNKNOWN'), ('DUE', 'UNKNOWN'), ('UNKNOWN', 'QUEUED'), ('UNKNOWN', 'SELECTED');

create table reversal_transition (from_status text not null, to_status text not null, primary key (from_status, to_status));
insert into reversal_transition (from_status, to_status) values
  ('WANTED', 'EXECUTING'), ('EXECUTING', 'WANTED'), ('EXECUTING', 'DONE'), ('EXECUTING', 'REJECTED'), ('EXECUTING', 'UNKNOWN'),
  ('UNKNOWN', 'DONE'), ('UNKNOWN', 'WANTED'), ('UNKNOWN', 'PARKED'), ('WANTED', 'PARKED'), ('EXECUTING', 'PARKED'),
  ('WANTED', 'UNKNOWN'), ('PARKED', 'WANTED'), ('PARKED', 'DONE'), ('PARKED', 'REJECTED'), ('REJECTED', 'PARKED');
