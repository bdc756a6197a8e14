-- What comparing the ledger with AIQ's reports and with the tills came to, newest last. status BALANCED, DIFFERENT or FAILED (problem says why it could not be done).
create table reconcile_run (
  run_id        text primary key,
  account_id    text not null,
  from_date     text not null,
  to_date       text not null,
  asked_by      text not null,
  status        text not null,
  ledger_points numeric(14,3),
  aiq_points    numeric(14,3),
  till_points   numeric(14,3),
  entries       integer not null,
  differences   integer not null,
  problem       text,
  notes         text,
  ran_at        bigint not null
);
create index reconcile_run_of on reconcile_run (account_id, ran_at);

-- Each row that does not balance, and the likely cause.
create table reconcile_difference (
  run_id         text not null references reconcile_run (run_id),
  number         integer not null,
  cause          text not null,
  redemption_id  text,
  connection     text,
  transaction_id text,
  ledger_points  numeric(14,3),
  aiq_points     numeric(14,3),
  till_points    numeric(14,3),
  sentence       text not null,
  primary key (run_id, number)
);
