-- Rows of tills that cannot be read. kind: sale or reversal. problem: a sentence that names the column and what was expected, and repeats no value.
create table pos_unread (
  connection     text not null,
  kind           text not null,
  transaction_id text not null,
  problem        text not null,
  heard_at       bigint not null,
  seen_at        bigint not null,
  primary key (connection, kind, transaction_id)
);
