-- One word for one thing: a sale is reversed.
alter table pos_transaction rename column taken_back_at to reversed_at;
