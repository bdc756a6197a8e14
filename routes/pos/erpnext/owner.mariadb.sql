create user '{login}'@'%' identified by 'AIQBRIDGE_PASSWORD';
grant select (name, modified, owner, docstatus, customer, pos_profile, is_pos, is_return, return_against, amended_from, posting_date, posting_time, grand_total, rounded_total, discount_amount, contact_mobile, contact_email, remarks, po_no) on {database}.`tabPOS Invoice` to '{login}'@'%';
grant select (parent, item_code, item_name, qty, conversion_factor, rate, discount_amount) on {database}.`tabPOS Invoice Item` to '{login}'@'%';
grant select (name, modified, owner, docstatus, customer, pos_profile, is_pos, is_return, is_consolidated, return_against, amended_from, posting_date, posting_time, grand_total, rounded_total, discount_amount, contact_mobile, contact_email, remarks, po_no) on {database}.`tabSales Invoice` to '{login}'@'%';
grant select (parent, item_code, item_name, qty, conversion_factor, rate, discount_amount) on {database}.`tabSales Invoice Item` to '{login}'@'%';
grant select (name, customer) on {database}.`tabPOS Profile` to '{login}'@'%';
grant select (modified, app_name, app_version) on {database}.`tabInstalled Application` to '{login}'@'%';
-- a new site of 16 may have no such index, an older one has it:
create index if not exists modified on {database}.`tabPOS Invoice` (modified);
create index if not exists modified on {database}.`tabSales Invoice` (modified);
-- by which an invoice finds its amendments; of two columns, for a migration drops what it does not know on one:
create index if not exists aiq_amended on {database}.`tabPOS Invoice` (amended_from, docstatus);
create index if not exists aiq_amended on {database}.`tabSales Invoice` (amended_from, docstatus);
