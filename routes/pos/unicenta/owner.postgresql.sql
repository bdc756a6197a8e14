create role {login} login password 'AIQBRIDGE_PASSWORD';
grant select on receipts, tickets, ticketlines, payments, customers to {login};
alter role {login} set statement_timeout = '30s';
-- only for write-back = on:
grant update (notes) on payments to {login};
