-- Up to when each of a shop's lists was read: one that is refused keeps the others from nothing. storefront_state.asked_until: up to when all were.
create table storefront_list (
  connection  text not null,
  list        text not null,
  asked_until bigint not null,
  updated_at  bigint not null,
  primary key (connection, list)
);
