create role {login} login password 'AIQBRIDGE_PASSWORD';
grant select (id, datenew, attributes) on receipts to {login};
grant select (id, tickettype, ticketid, person, customer, status) on tickets to {login};
grant select (ticket, line, product, units, price, attributes) on ticketlines to {login};
grant select (id, receipt, total, notes) on payments to {login};
grant select (id, phone, phone2, email) on customers to {login};
grant select (name, version) on applications to {login};
create index aiq_tickets_refunds on tickets (tickettype, status);
alter role {login} set statement_timeout = '30s';
-- only for write-back = on:
grant update (attributes) on receipts to {login};
