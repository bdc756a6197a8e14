-- Adapt the select to your till's tables; times are text, yyyy-MM-dd HH:mm:ss, by the till's wall clock.
create view aiq_sales as
select cast(s.id as text) as transaction_id, s.completed_at, s.total, null as location, s.phone, null as email, null as customer_id, substr(s.comment, 1, 2000) as note,
       null as discount_ids, null as discount_total, s.cashier as employee
  from sale s where s.state = 'completed';
create view aiq_reversals as
select cast(s.id as text) as transaction_id, cast(s.id as text) as original_transaction_id, 'void' as kind, s.voided_at as reversed_at, null as amount, null as location
  from sale s where s.state = 'voided';
create index sale_completed_at on sale (completed_at);
create index sale_voided_at on sale (voided_at) where voided_at is not null;
-- only for write-back = on:
create table aiq_points (transaction_id text primary key, points numeric not null);
