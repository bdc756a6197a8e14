-- Which Odoo this is, and whether it has what our statements read of it: pg_attribute knows a column that the login may not read, too.
with installed as (
    select latest_version, case when latest_version ~ '^[0-9]+[.]' then cast(split_part(latest_version, '.', 1) as integer) end as version
      from ir_module_module where name = 'point_of_sale' and state in ('installed', 'to upgrade')),
must (first, last, of_table, of_column, gives) as (
    values (16, 17, 'pos_order', 'note', 'notes on the order'),
           (18, 18, 'pos_order', 'general_note', 'notes on the order'),
           (19, 19, 'pos_order', 'general_customer_note', 'notes on the order'),
           (19, 19, 'pos_order', 'internal_note', 'notes on the order'),
           (18, 19, 'pos_order', 'floating_order_name', 'notes in the name of a tab'),
           (18, 19, 'pos_order', 'uuid', 'that an order is stored twice'),
           (18, 19, 'pos_order_line', 'note', 'notes on a line'),
           (16, 18, 'res_partner', 'mobile', 'a customer''s second phone'),
           (17, 19, 'pos_order_line', 'combo_parent_id', 'whether a whole combo came back'))
select case when version between 16 and 19 then 'ok' else 'warn' end as level,
       case when version is null then 'this is Odoo between two versions, point_of_sale ' || latest_version else 'this is Odoo ' || version || ', point_of_sale ' || latest_version end as text,
       case when version between 16 and 19 then null else 'This make was written for 16, 17, 18 and 19. Try each story of its page before you go live.' end as hint
  from installed
union all
select 'fail', 'point_of_sale is not installed in this database', 'Which database does jdbc.url name?' where not exists (select from installed)
union all
select 'fail', 'Odoo ' || i.version || ' has ' || m.of_table || '.' || m.of_column || ', and this database has not', 'Without it nobody sees ' || m.gives || '. Did an add-on or an upgrade change the column?'
  from installed i join must m on i.version between m.first and m.last
 where not exists (select from pg_attribute a where a.attrelid = to_regclass(m.of_table) and a.attname = m.of_column and not a.attisdropped)
union all
select 'fail', 'the login may not read ' || m.of_table || '.' || m.of_column, 'Run the statements for the owner again: each poll fails until then.'
  from installed i join must m on i.version between m.first and m.last
       join pg_attribute a on a.attrelid = to_regclass(m.of_table) and a.attname = m.of_column and not a.attisdropped
 where not has_column_privilege(a.attrelid, a.attnum, 'select')
union all
select 'warn', 'refunds are looked up without an index', 'Odoo has one from 19 on. Before, let the owner run: create index concurrently aiq_refunded on pos_order_line (refunded_orderline_id) where refunded_orderline_id is not null'
 where not exists (select from pg_index x join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[0]
                    where x.indrelid = to_regclass('pos_order_line') and a.attname = 'refunded_orderline_id')
