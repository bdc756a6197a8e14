-- What a discount takes off, where AIQ says so in money; and the ledger's closed days, each with its totals and a digest that hangs on the day before.
alter table redemption add column money numeric(14,3);
alter table ledger add column money numeric(14,3);

-- Append-only: a day of the account's zone, closed. points_* and money are its totals (money: what was redeemed less what was reversed, of the entries that have a value).
create table ledger_day (
  account_id      text not null,
  day_number      integer not null,
  local_date      text not null,
  entries         integer not null,
  points_redeemed numeric(14,3) not null,
  points_reversed numeric(14,3) not null,
  money           numeric(14,3) not null,
  without_money   integer not null,
  previous_digest text not null,
  digest          text not null,
  closed_at       bigint not null,
  primary key (account_id, local_date),
  unique (account_id, day_number)
);

-- Append-only: the digest of each entry of a closed day.
create table ledger_seal (
  ledger_id  bigint primary key,
  account_id text not null,
  local_date text not null,
  digest     text not null
);
create index ledger_seal_day on ledger_seal (account_id, local_date);
