-- The receipts of sales after the bound; refunds (tickettype 1) and payments are none.
select r.id as transaction_id, r.datenew as completed_at, (select coalesce(sum(p.total), 0) from payments p where p.receipt = r.id) as total,
       coalesce(nullif(c.phone, ''), nullif(c.phone2, '')) as phone, nullif(c.email, '') as email, t.customer as customer_id,
       (select max(p.notes) from payments p where p.receipt = r.id) as note,
       (select -sum(l.units * l.price) from ticketlines l where l.ticket = t.id and l.price < 0) as discount_total,
       t.person as employee
  from receipts r join tickets t on t.id = r.id left join customers c on c.id = t.customer
 where t.tickettype = 0 and r.datenew >= :#since and (r.datenew > :#since or r.id > :#since_id)
 order by r.datenew, r.id
