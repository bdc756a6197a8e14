-- Retention finds the old sales that still say whose they were, however many others there are.
create index pos_transaction_named on pos_transaction (completed_at) where phone is not null or email is not null or customer_id is not null;
