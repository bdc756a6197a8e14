-- The receipts of sales after the bound; refunds (tickettype 1), payments of debts (2) and drawers opened (3) are none.
-- A note is what follows AIQ in the properties (XML) of the ticket and of its lines, without tags; what is not ASCII there, an en dash, is a dash.
select r.id as transaction_id, r.datenew as completed_at, (select coalesce(sum(p.total), 0) from payments p where p.receipt = r.id) as total,
       coalesce(nullif(c.phone, ''), nullif(c.phone2, '')) as phone, nullif(c.email, '') as email, t.customer as customer_id, t.ticketid as number, t.person as employee,
       concat_ws(chr(10),
         left(substring(regexp_replace(regexp_replace(encode(substring(r.attributes from 1 for 65536), 'escape'), '<[^>]*>', chr(10), 'g'), '([\\][0-3][0-7][0-7])+', '-', 'g') from '(?i).?a[i1l]q.*'), 2000),
         (select string_agg(left(substring(regexp_replace(regexp_replace(encode(substring(l.attributes from 1 for 65536), 'escape'), '<[^>]*>', chr(10), 'g'), '([\\][0-3][0-7][0-7])+', '-', 'g') from '(?i).?a[i1l]q.*'), 2000), chr(10) order by l.line) from ticketlines l where l.ticket = t.id),
         (select string_agg(nullif(p.notes, ''), chr(10) order by p.id) from payments p where p.receipt = r.id)) as note,
       (select -sum(l.units * l.price) from ticketlines l where l.ticket = t.id and l.price < 0) as discount_total,
       (select md5(string_agg(concat_ws('*', l.product, l.units, l.price), ',' order by concat_ws('*', l.product, l.units, l.price))) from ticketlines l where l.ticket = t.id) as goods
  from receipts r join tickets t on t.id = r.id left join customers c on c.id = t.customer
 where t.tickettype = 0 and r.datenew >= :#since and (r.datenew > :#since or r.id > :#since_id)
 order by r.datenew, r.id
