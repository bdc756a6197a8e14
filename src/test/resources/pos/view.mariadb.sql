-- A till of the owner's own making, as routes/pos/view/README.md expects it.
create table customer (id bigint auto_increment primary key, phone varchar(40), email varchar(120));
create table sale (id varchar(40) primary key, completed_at datetime(3) null, voided_at datetime(3) null, total decimal(14,2) null, customer_id bigint null, comment varchar(200) null, cashier varchar(40) null, state varchar(20) not null);
