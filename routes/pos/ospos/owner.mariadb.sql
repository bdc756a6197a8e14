create user '{login}'@'%' identified by 'AIQBRIDGE_PASSWORD';
grant select on {database}.ospos_sales to '{login}'@'%';
grant select on {database}.ospos_sales_items to '{login}'@'%';
grant select on {database}.ospos_sales_payments to '{login}'@'%';
grant select on {database}.ospos_people to '{login}'@'%';
-- only for write-back = on:
grant update (comment) on {database}.ospos_sales to '{login}'@'%';
