-- What ERPNext 15 has besides: frappe indexes modified in every table.
insert into `tabInstalled Application` (name, modified, app_name, app_version) values ('a', '2026-01-01', 'frappe', '15.1.0'), ('b', '2026-01-01', 'erpnext', '15.2.0');
create index modified on `tabPOS Profile` (modified);
create index modified on `tabPOS Invoice` (modified);
create index modified on `tabSales Invoice` (modified);
