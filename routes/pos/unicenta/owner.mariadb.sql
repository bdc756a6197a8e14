create user '{login}'@'%' identified by 'AIQBRIDGE_PASSWORD';
grant select on {database}.receipts to '{login}'@'%';
grant select on {database}.tickets to '{login}'@'%';
grant select on {database}.ticketlines to '{login}'@'%';
grant select on {database}.payments to '{login}'@'%';
grant select on {database}.customers to '{login}'@'%';
-- only for write-back = on:
grant update (notes) on {database}.payments to '{login}'@'%';
