create role {login} login password 'AIQBRIDGE_PASSWORD';
grant select on pos_order, pos_order_line to {login};
grant select (id, phone, email) on res_partner to {login};
-- up to Odoo 18:
grant select (mobile) on res_partner to {login};
alter role {login} set statement_timeout = '30s';
