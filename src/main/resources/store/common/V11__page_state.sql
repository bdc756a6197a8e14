-- What the page remembers about accounts and connections.

-- How the last test of an account's key and UID ended: good is 1 or 0, said is the sentence that the person saw.
create table account_test (
  account_id text primary key,
  good       smallint not null,
  said       text not null,
  tested_at  bigint not null
);

-- Who let a till go live, or back to observing, where its file leaves that to the page (mode = page).
create table pos_mode (
  connection text primary key,
  mode       text not null,
  changed_by text not null,
  changed_at bigint not null
);
