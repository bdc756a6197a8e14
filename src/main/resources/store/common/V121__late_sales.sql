-- Sales that no poll read in time, for a week. found_by: sweep (only its long overlap read it), arrival (its till delivered it later still), or id (the till has completed it, but nothing has read it).
create table late_sale (
  connection     text not null,
  location       text not null,
  transaction_id text not null,
  found_by       text not null,
  completed_at   bigint,
  heard_at       bigint not null,
  primary key (connection, location, transaction_id)
);
-- From when on the till is read: what it completed before is history and not late. Null for tills that were read before this was known.
alter table pos_poll add column listened_since bigint;
