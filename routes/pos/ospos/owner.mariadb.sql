create user '{login}'@'%' identified by 'AIQBRIDGE_PASSWORD';
grant select on {database}.ospos_sales to '{login}'@'%';
grant select on {database}.ospos_sales_items to '{login}'@'%';
grant select on {database}.ospos_sales_payments to '{login}'@'%';
grant select (person_id, phone_number, email) on {database}.ospos_people to '{login}'@'%';
grant select (version) on {database}.ospos_migrations to '{login}'@'%';
-- only for write-back = on:
grant update (comment) on {database}.ospos_sales to '{login}'@'%';
