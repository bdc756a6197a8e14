-- What ERPNext 16 has besides: its till may write Sales Invoices, and a new site's tables are indexed by their creation.
insert into `tabInstalled Application` (name, modified, app_name, app_version) values ('a', '2026-01-01', 'frappe', '16.1.0'), ('b', '2026-01-01', 'erpnext', '16.2.0');
create index creation on `tabPOS Profile` (creation);
create index creation on `tabPOS Invoice` (creation);
create index creation on `tabSales Invoice` (creation);
alter table `tabSales Invoice` add is_created_using_pos int(1) not null default 0, add pos_closing_entry varchar(140);
