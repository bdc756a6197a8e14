-- A sale may have several rewards; its points are written as one sum.
create index write_back_sale on write_back (connection, location, transaction_id);
