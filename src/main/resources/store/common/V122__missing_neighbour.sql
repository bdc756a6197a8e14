-- When the till, asked for this sale as the neighbour of another one, did not have it; null once it is heard again.
alter table pos_transaction add column missing_at bigint;
