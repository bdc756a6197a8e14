-- Adapt the select to your till's tables; every alias must be there, those you have no column for as null. Not run on SQL Server by us.
create view aiq_sales as
select cast(s.id as varchar(128)) as transaction_id, s.completed_at, s.total, cast(null as varchar(64)) as location, c.phone, c.email,
       cast(s.customer_id as varchar(128)) as customer_id, substring(s.comment, 1, 2000) as note, cast(null as varchar(200)) as discount_ids, cast(null as decimal(14,3)) as discount_total, s.cashier as employee
  from sale s left join customer c on c.id = s.customer_id
 where s.state = 'completed';
go
create view aiq_reversals as
select cast(s.id as varchar(128)) as transaction_id, cast(s.id as varchar(128)) as original_transaction_id, 'void' as kind, s.voided_at as reversed_at, cast(null as decimal(14,3)) as amount, cast(null as varchar(64)) as location
  from sale s where s.state = 'voided';
go
create login {login} with password = 'AIQBRIDGE_PASSWORD';
create user {login} for login {login};
grant select on aiq_sales to {login};
grant select on aiq_reversals to {login};
create index sale_completed_at on sale (completed_at);
create index sale_voided_at on sale (voided_at);
-- only for write-back = on:
create table aiq_points (transaction_id varchar(128) primary key, points decimal(14,3) not null);
grant select, insert, update on aiq_points to {login};
