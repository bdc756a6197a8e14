-- The receipts of sales after the bound; refunds (tickettype 1), payments of debts (2) and drawers opened (3) are none.
-- A note is what follows AIQ in the properties (XML) of the ticket and of its lines, without tags.
select r.id as transaction_id, r.datenew as completed_at, (select coalesce(sum(p.total), 0) from payments p where p.receipt = r.id) as total,
       coalesce(nullif(c.phone, ''), nullif(c.phone2, '')) as phone, nullif(c.email, '') as email, t.customer as customer_id, t.ticketid as number, t.person as employee,
       concat_ws(char(10),
         nullif(regexp_substr(regexp_replace(convert(left(r.attributes, 65536) using utf8mb4), '<[^>]*>', char(10)), '(?is).?a[i1l]q.{0,2000}'), ''),
         (select group_concat(nullif(regexp_substr(regexp_replace(convert(left(l.attributes, 65536) using utf8mb4), '<[^>]*>', char(10)), '(?is).?a[i1l]q.{0,2000}'), '') order by l.line separator '\n') from ticketlines l where l.ticket = t.id),
         (select group_concat(nullif(p.notes, '') order by p.id separator '\n') from payments p where p.receipt = r.id)) as note,
       (select -sum(l.units * l.price) from ticketlines l where l.ticket = t.id and l.price < 0) as discount_total,
       (select md5(group_concat(concat_ws('*', l.product, l.units, l.price) order by concat_ws('*', l.product, l.units, l.price) separator ',')) from ticketlines l where l.ticket = t.id) as goods
  from receipts r join tickets t on t.id = r.id left join customers c on c.id = t.customer
 where t.tickettype = 0 and r.datenew >= :#since and (r.datenew > :#since or r.id > :#since_id)
 order by r.datenew, r.id
