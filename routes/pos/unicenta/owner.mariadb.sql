create user '{login}'@'%' identified by 'AIQBRIDGE_PASSWORD';
grant select (id, datenew, attributes) on {database}.receipts to '{login}'@'%';
grant select (id, tickettype, ticketid, person, customer, status) on {database}.tickets to '{login}'@'%';
grant select (ticket, line, product, units, price, attributes) on {database}.ticketlines to '{login}'@'%';
grant select (id, receipt, total, notes) on {database}.payments to '{login}'@'%';
grant select (id, phone, phone2, email) on {database}.customers to '{login}'@'%';
grant select (name, version) on {database}.applications to '{login}'@'%';
create index aiq_tickets_refunds on {database}.tickets (tickettype, status);
-- only for write-back = on:
grant update (attributes) on {database}.receipts to '{login}'@'%';
