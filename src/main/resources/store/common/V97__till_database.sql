-- Which database a till's is. since: nothing that was last seen before is missed in it. doubted_at: it may be another one than before, and the till only observes until a person says that it is live.
create table pos_database (
  connection text primary key,
  identity   text not null,
  since      bigint not null,
  doubted_at bigint
);
