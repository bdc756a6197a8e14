-- The refunds after the bound; the original ticket's status is the refund's printed number.
select f.id as transaction_id, o.id as original_transaction_id, 'return' as kind, r.datenew as reversed_at,
       (select coalesce(sum(p.total), 0) from payments p where p.receipt = f.id) as amount
  from tickets f join receipts r on r.id = f.id join tickets o on o.tickettype = 0 and o.status = f.ticketid
 where f.tickettype = 1 and f.ticketid <> 0 
   and r.datenew >= :#reversed_since and (r.datenew > :#reversed_since or f.id > :#reversed_since_id)
 order by r.datenew, f.id
