create user '{login}'@'%' identified by 'AIQBRIDGE_PASSWORD';
grant select on {database}.`tabPOS Invoice` to '{login}'@'%';
grant select on {database}.`tabPOS Invoice Item` to '{login}'@'%';
grant select (name, customer) on {database}.`tabPOS Profile` to '{login}'@'%';
