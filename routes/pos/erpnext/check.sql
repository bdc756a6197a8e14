-- Which ERPNext this is, and whether it has what our statements read of it.
with installed as (select app_version, cast(substring_index(app_version, '.', 1) as unsigned) as version from `tabInstalled Application` where app_name = 'erpnext' order by modified desc limit 1),
must (of_table, of_column) as (
    values ('tabPOS Invoice', 'name'), ('tabPOS Invoice', 'modified'), ('tabPOS Invoice', 'owner'), ('tabPOS Invoice', 'docstatus'), ('tabPOS Invoice', 'customer'), ('tabPOS Invoice', 'pos_profile'), ('tabPOS Invoice', 'is_pos'), ('tabPOS Invoice', 'is_return'), ('tabPOS Invoice', 'return_against'), ('tabPOS Invoice', 'amended_from'), ('tabPOS Invoice', 'posting_date'), ('tabPOS Invoice', 'posting_time'), ('tabPOS Invoice', 'grand_total'), ('tabPOS Invoice', 'rounded_total'), ('tabPOS Invoice', 'discount_amount'), ('tabPOS Invoice', 'contact_mobile'), ('tabPOS Invoice', 'contact_email'), ('tabPOS Invoice', 'remarks'), ('tabPOS Invoice', 'po_no'),
           ('tabSales Invoice', 'name'), ('tabSales Invoice', 'modified'), ('tabSales Invoice', 'owner'), ('tabSales Invoice', 'docstatus'), ('tabSales Invoice', 'customer'), ('tabSales Invoice', 'pos_profile'), ('tabSales Invoice', 'is_pos'), ('tabSales Invoice', 'is_return'), ('tabSales Invoice', 'return_against'), ('tabSales Invoice', 'amended_from'), ('tabSales Invoice', 'posting_date'), ('tabSales Invoice', 'posting_time'), ('tabSales Invoice', 'grand_total'), ('tabSales Invoice', 'rounded_total'), ('tabSales Invoice', 'discount_amount'), ('tabSales Invoice', 'contact_mobile'), ('tabSales Invoice', 'contact_email'), ('tabSales Invoice', 'remarks'), ('tabSales Invoice', 'po_no'), ('tabSales Invoice', 'is_consolidated'),
           ('tabPOS Invoice Item', 'parent'), ('tabPOS Invoice Item', 'item_code'), ('tabPOS Invoice Item', 'item_name'), ('tabPOS Invoice Item', 'qty'), ('tabPOS Invoice Item', 'conversion_factor'), ('tabPOS Invoice Item', 'rate'), ('tabPOS Invoice Item', 'discount_amount'),
           ('tabSales Invoice Item', 'parent'), ('tabSales Invoice Item', 'item_code'), ('tabSales Invoice Item', 'item_name'), ('tabSales Invoice Item', 'qty'), ('tabSales Invoice Item', 'conversion_factor'), ('tabSales Invoice Item', 'rate'), ('tabSales Invoice Item', 'discount_amount'))
select if(i.version between 14 and 16, 'ok', 'warn') as level, concat('this is ERPNext ', i.version, ', ', i.app_version) as text,
       if(i.version between 14 and 16, null, 'This make was written for 14, 15 and 16. Try each story of its page before you go live.') as hint from installed i
union all
select 'warn', 'erpnext is not among the installed applications', 'Is this the database of a site with ERPNext? tabInstalled Application is filled by bench migrate.' from dual where not exists (select 1 from installed)
union all
select 'fail', concat('ERPNext ', i.version, ' has ', m.of_column, ' in ', m.of_table, ', and this database has not, or the login may not read it'),
       'Run the statements for the owner again. Did an app or an upgrade change the column? Each poll fails until then.'
  from installed i join must m
 where not exists (select 1 from information_schema.columns c where c.table_schema = database() and c.table_name = m.of_table and c.column_name = m.of_column)
union all
select 'warn', concat(t.of_table, ' has no index on ', k.of_column, ': ', k.slow), 'The statements for the owner make one.'
  from (select 'tabPOS Invoice' as of_table union all select 'tabSales Invoice') t
       join (select 'modified' as of_column, 'each poll reads the whole table' as slow union all select 'amended_from', 'each sweep reads the whole table') k
 where not exists (select 1 from information_schema.statistics s where s.table_schema = database() and s.table_name = t.of_table and s.column_name = k.of_column and s.seq_in_index = 1)
union all
select 'warn', concat('an invoice was changed at ', n.newest, ', which is to come: the zone of the site is another'), 'zone in the connection is the time zone of System Settings.'
  from (select greatest(coalesce((select max(modified) from `tabPOS Invoice`), '2000-01-01'), coalesce((select max(modified) from `tabSales Invoice`), '2000-01-01')) as newest) n
 where n.newest > :#wall_clock + interval 5 minute
union all
select 'warn', concat('these POS Profiles name no customer: ', group_concat(p.name order by p.name separator ', ')), 'Whoever the cashier chooses for nobody has to have no phone and no e-mail.'
  from `tabPOS Profile` p where coalesce(p.customer, '') = '' having count(*) > 0
