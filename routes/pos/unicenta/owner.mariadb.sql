create user '{login}'@'%' identified by 'AIQBRIDGE_PASSWORD';
grant select on unicentaopos.receipts to '{login}'@'%';
grant select on unicentaopos.tickets to '{login}'@'%';
grant select on unicentaopos.ticketlines to '{login}'@'%';
grant select on unicentaopos.payments to '{login}'@'%';
grant select on unicentaopos.customers to '{login}'@'%';
-- only for write-back = on:
grant update (notes) on unicentaopos.payments to '{login}'@'%';
