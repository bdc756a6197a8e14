-- A till of the owner's own making, as routes/pos/view/README.md expects it.
create table customer (id bigserial primary key, phone text, email text);
create table sale (id text primary key, completed_at timestamp, voided_at timestamp, total numeric(14,2), customer_id bigint, comment text, cashier text, state text not null);
