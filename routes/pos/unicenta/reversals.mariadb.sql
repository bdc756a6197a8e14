-- The refunds after the bound: a ticket of type 1 whose status is the printed number of its original. Where one number was given to several sales
-- and not exactly one of them fits, nobody's points are given back: the candidates are for a person. One whose time is up to an hour after the
-- refund's is never the original and only shown: clocks differ, and autumn repeats an hour.
with wanted as (
  select f.id, f.status as number, r.datenew from receipts r join tickets f on f.id = r.id
   where f.tickettype = 1 and f.status > 0 and r.datenew >= :#reversed_since and (r.datenew > :#reversed_since or f.id > :#reversed_since_id)),
numbers as (select distinct number from wanted),
refunds as (
  select f.id, f.status as number, f.customer, r.datenew
    from numbers n join tickets f on f.tickettype = 1 and f.status = n.number join receipts r on r.id = f.id),
sales as (
  select o.id, o.ticketid as number, o.customer, r.datenew
    from numbers n join tickets o on o.tickettype = 0 and o.ticketid = n.number join receipts r on r.id = o.id),
-- what is no goods need not come back: discounts and the reward's own line (a price below 0), the service charge
back as (
  select f.id, coalesce(l.product, cast(l.price as char)) as article, sum(l.units) as units from refunds f join ticketlines l on l.ticket = f.id
   where l.price >= 0 and coalesce(l.product, '') <> 'xxx998_998xxx_x8x8x8' and (l.product is not null or locate('>Service @ ', l.attributes) = 0)
   group by f.id, coalesce(l.product, cast(l.price as char))),
sold as (
  select o.id, coalesce(l.product, cast(l.price as char)) as article, sum(l.units) as units, count(*) over (partition by o.id) as articles from sales o join ticketlines l on l.ticket = o.id
   where l.price >= 0 and coalesce(l.product, '') <> 'xxx998_998xxx_x8x8x8' and (l.product is not null or locate('>Service @ ', l.attributes) = 0)
   group by o.id, coalesce(l.product, cast(l.price as char)) having sum(l.units) > 0.001),
-- a sale of that number before the refund, of the same customer where both have one; lacking where it does not hold an article in that quantity
pairs as (
  select f.id as refund, f.datenew, o.id as original, b.article, b.units, s.units as sold, s.articles,
         max(case when b.units + coalesce(s.units, 0) < -0.001 then 1 else 0 end) over (partition by f.id, o.id) as lacking
    from refunds f join sales o on o.number = f.number and o.datenew <= f.datenew and (f.customer is null or o.customer is null or o.customer = f.customer)
    left join back b on b.id = f.id left join sold s on s.id = o.id and s.article = b.article),
fits as (
  select p.*, case when min(p.original) over (partition by p.refund) = max(p.original) over (partition by p.refund) then p.units else 0 end as surely
    from pairs p where p.lacking = 0),
-- what refunds before this one surely returned is no longer there to be returned
before_it as (
  select f.*, coalesce(sum(f.surely) over (partition by f.original, f.article order by f.datenew, f.refund rows between unbounded preceding and 1 preceding), 0) as returned from fits f),
able as (
  select b.*, max(case when b.sold + b.returned + b.units < -0.001 then 1 else 0 end) over (partition by b.refund, b.original) as spent from before_it b),
known as (
  select a.*, min(a.original) over (partition by a.refund) as the_first, max(a.original) over (partition by a.refund) as the_last from able a where a.spent = 0),
complete as (
  select k.refund, k.original, k.articles, case when k.sold + sum(k.units) over (partition by k.original, k.article) <= 0.001
           and row_number() over (partition by k.original, k.article order by k.refund) = 1 then 1 else 0 end as complete
    from known k where k.the_first = k.the_last),
refund_of as (
  select c.refund, c.original, case when max(c.articles) over (partition by c.original) = sum(c.complete) over (partition by c.original) then 1
                                    when max(c.articles) over (partition by c.original) is not null then 0 end as whole from complete c)
select w.id as transaction_id, max(u.original) as original_transaction_id, 'return' as kind, w.datenew as reversed_at,
       (select coalesce(sum(p.total), 0) from payments p where p.receipt = w.id) as amount, max(u.whole) as whole,
       case when max(u.original) is null then coalesce(group_concat(distinct case when r.datenew <= w.datenew then o.id end), group_concat(distinct o.id)) end as candidates
  from wanted w join tickets o on o.tickettype = 0 and o.ticketid = w.number join receipts r on r.id = o.id and r.datenew <= w.datenew + interval 1 hour
  left join (select refund, max(original) as original, max(whole) as whole from refund_of group by refund) u on u.refund = w.id
 group by w.id, w.datenew
 order by w.datenew, w.id
