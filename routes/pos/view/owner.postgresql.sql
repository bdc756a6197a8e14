-- Adapt the select to your till's tables; every alias must be there, those you have no column for as null.
create view aiq_sales as
select cast(s.id as text) as transaction_id, s.completed_at, s.total, cast(null as text) as location, c.phone, c.email,
       cast(s.customer_id as text) as customer_id, left(s.comment, 2000) as note, cast(null as text) as discount_ids, cast(null as numeric) as discount_total, s.cashier as employee
  from sale s left join customer c on c.id = s.customer_id
 where s.state = 'completed';
create view aiq_reversals as
select cast(s.id as text) as transaction_id, cast(s.id as text) as original_transaction_id, 'void' as kind, s.voided_at as reversed_at, cast(null as numeric) as amount, cast(null as text) as location
  from sale s where s.state = 'voided';
create role {login} login password 'AIQBRIDGE_PASSWORD';
grant select on aiq_sales, aiq_reversals to {login};
alter role {login} set statement_timeout = '30s';
create index sale_completed_at on sale (completed_at);
create index sale_voided_at on sale (voided_at) where voided_at is not null;
-- only for write-back = on:
create table aiq_points (transaction_id text primary key, points numeric not null);
grant select, insert, update on aiq_points to {login};
