-- A till of the owner's own making, as routes/pos/view/README.md expects it.
create table sale (id text primary key, completed_at text, voided_at text, total real, phone text, comment text, cashier text, state text not null);
