-- Which till this is, by its version; a column of it that is not there; and a newest sale that the till's wall clock has not reached.
with till as (
  select coalesce(max(concat(a.name, ' ', a.version)), 'KrIOlOS POS, which does not write down its version') as version from applications a),
needed as (
    select 'receipts.id' as name union all select 'receipts.datenew' union all select 'receipts.attributes' union all select 'tickets.id' union all
    select 'tickets.tickettype' union all select 'tickets.ticketid' union all select 'tickets.person' union all select 'tickets.customer' union all
    select 'tickets.status' union all select 'ticketlines.ticket' union all select 'ticketlines.line' union all select 'ticketlines.product' union all
    select 'ticketlines.units' union all select 'ticketlines.price' union all select 'ticketlines.attributes' union all select 'payments.id' union all
    select 'payments.receipt' union all select 'payments.total' union all select 'payments.notes' union all select 'customers.id' union all select 'customers.phone' union all
    select 'customers.phone2' union all select 'customers.email'),
ahead as (select timestampdiff(minute, cast(:#wall_clock as datetime), max(r.datenew)) as minutes from receipts r)
select 'ok' as level, concat('this is ', version) as text, '' as hint from till
union all
select 'fail', concat(t.version, ', and the column ', n.name, ' is not there or may not be read'), 'run the owner''s statements once more; if they are refused, this version is not one that the make knows'
  from till t, needed n
 where not exists (select 1 from information_schema.columns c where c.table_schema = database() and concat(c.table_name, '.', c.column_name) = n.name)
union all
select 'warn', concat('the newest receipt is ', minutes, ' minutes ahead of the till''s wall clock'), 'zone = in the connection''s file is that of the till''s workstations; or one of their clocks is wrong'
  from ahead where minutes > 5
