-- What became of the sales of these ids: returned when refunds that are certainly theirs brought every article back.
with wanted as (select t.id, t.ticketid as number, t.status from tickets t where t.id in (:#in:transaction_ids) and t.tickettype = 0),
numbers as (select distinct number from wanted where status > 0),
ticket as (
  select o.id, o.tickettype, o.ticketid as number, o.customer, r.datenew
    from numbers n join tickets o on o.tickettype = 0 and o.ticketid = n.number join receipts r on r.id = o.id
  union all
  select f.id, f.tickettype, f.status, f.customer, r.datenew
    from numbers n join tickets f on f.tickettype = 1 and f.status = n.number join receipts r on r.id = f.id),
-- what is no goods never comes back: discounts and the reward's own line (a price below 0), the service charge
goods as (
  select t.id, coalesce(l.product, cast(l.price as char)) as article, sum(l.units) as units
    from ticket t join ticketlines l on l.ticket = t.id
   where l.price >= 0 and coalesce(l.product, '') <> 'xxx998_998xxx_x8x8x8' and (l.product is not null or locate('>Service @ ', l.attributes) = 0)
   group by t.id, coalesce(l.product, cast(l.price as char))),
-- a sale of that number before the refund, of the same customer where both have one, that holds the articles
fits as (
  select f.id as refund, o.id as original, f.datenew
    from ticket f join ticket o on o.tickettype = 0 and o.number = f.number and o.datenew <= f.datenew
     and (f.customer is null or o.customer is null or o.customer = f.customer)
   where f.tickettype = 1 and not exists (
     select 1 from goods b left join goods s on s.id = o.id and s.article = b.article
      where b.id = f.id and b.units + coalesce(s.units, 0) < -0.001)),
sure as (select refund, min(original) as original, min(datenew) as datenew from fits group by refund having count(*) = 1),
-- and whose articles were not all returned by a refund before this one that can be of no other sale
able as (
  select p.refund, p.original from fits p where not exists (
    select 1 from goods b join goods s on s.id = p.original and s.article = b.article
     where b.id = p.refund and b.units < 0 and b.units + s.units + coalesce((
       select sum(e.units) from sure g join goods e on e.id = g.refund and e.article = b.article
        where g.original = p.original and (g.datenew < p.datenew or g.datenew = p.datenew and g.refund < p.refund)), 0) < -0.001)),
refund as (select refund, min(original) as original from able group by refund having count(*) = 1)
select w.id as transaction_id,
       case when exists (select 1 from goods s where s.id = w.id and s.units > 0.001) and not exists (
         select 1 from goods s where s.id = w.id and s.units > 0.001 and s.units + coalesce((
           select sum(b.units) from refund x join goods b on b.id = x.refund and b.article = s.article where x.original = w.id), 0) > 0.001) then 'returned' else 'completed' end as state
  from wanted w
