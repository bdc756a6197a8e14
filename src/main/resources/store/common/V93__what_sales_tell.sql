-- What else a make tells of a sale: the reference that the same sale stored twice shares, the number printed on its ticket, and what was sold.
alter table pos_transaction add column reference text;
alter table pos_transaction add column ticket_number text;
alter table pos_transaction add column goods text;
create index pos_transaction_reference on pos_transaction (connection, reference) where reference is not null;

-- Whether all that was sold has come back by now, where the make knows; and where it cannot tell which sale came back, those that it may be.
alter table pos_reversal add column whole smallint;
alter table pos_reversal add column candidates text;

-- Every note on a sale. exact: 1 in our own spelling, 0 as people write it.
create table sale_note (
  connection     text not null,
  location       text not null,
  transaction_id text not null,
  note           text not null,
  exact          smallint not null,
  primary key (connection, location, transaction_id, note)
);
create index sale_note_note on sale_note (connection, note);
insert into sale_note (connection, location, transaction_id, note, exact)
select connection, location, transaction_id, note, 1 from pos_transaction where note is not null;

-- Completed sales by each note on them. sale: what tells it from others; the same sale stored twice is one.
create view noted_sale as
select t.connection, t.location, t.transaction_id, t.completed_at, t.heard_at, n.note, n.exact, coalesce(t.reference, t.transaction_id) as sale
  from sale_note n join pos_transaction t on t.connection = n.connection and t.location = n.location and t.transaction_id = n.transaction_id
 where t.status = 'COMPLETED' and t.total >= 0;
