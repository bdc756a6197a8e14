-- One spelling of a transaction id, for what its till and its back end spell differently. It only finds what no exact id does.
alter table pos_transaction add column spelling text;
alter table redemption add column transaction_spelling text;
create index pos_transaction_spelling on pos_transaction (connection, location, spelling) where spelling is not null;
