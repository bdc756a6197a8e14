-- Adapt the select to your till's tables; every alias must be there, those you have no column for as null.
create sql security definer view aiq_sales as
select cast(s.id as char) as transaction_id, s.completed_at, s.total, null as location, c.phone, c.email,
       cast(s.customer_id as char) as customer_id, left(s.comment, 2000) as note, null as discount_ids, null as discount_total, s.cashier as employee
  from sale s left join customer c on c.id = s.customer_id
 where s.state = 'completed';
create sql security definer view aiq_reversals as
select cast(s.id as char) as transaction_id, cast(s.id as char) as original_transaction_id, 'void' as kind, s.voided_at as reversed_at, null as amount, null as location
  from sale s where s.state = 'voided';
create user '{login}'@'%' identified by 'AIQBRIDGE_PASSWORD';
grant select on aiq_sales to '{login}'@'%';
grant select on aiq_reversals to '{login}'@'%';
create index sale_completed_at on sale (completed_at);
create index sale_voided_at on sale (voided_at);
-- only for write-back = on:
create table aiq_points (transaction_id varchar(128) primary key, points decimal(14,3) not null);
grant select, insert, update on aiq_points to '{login}'@'%';
