-- What was reversed after the bound: invoices cancelled (docstatus 2) and not amended since, and returns, which name their invoice; a return that was cancelled is none.
-- A return made by hand may name none: it may be of an invoice of the same customer within 90 days before that has as much of each article still out. The walk-in's says nothing.
-- Whole: of every article as much came back, in all returns that stand, as was sold, in the stock's unit; ERPNext itself counts them so. Not goods: what has a negative rate. Rounding, tax and delivery are no lines.
select v.transaction_id, v.original_transaction_id, v.kind, v.reversed_at, v.amount, v.whole, v.changed_at, v.candidates from (
    select c.sale as transaction_id, c.sale as original_transaction_id, 'void' as kind, c.modified as reversed_at, null as amount, null as whole, c.modified as changed_at, null as candidates
      from (select if(coalesce(i.amended_from, '') = '', i.name, coalesce((select b.name from `tabPOS Invoice` b where b.name = regexp_replace(i.name, '-[0-9]+$', '')), (select nullif(b.amended_from, '') from `tabPOS Invoice` b where b.name = i.amended_from), i.amended_from)) as sale, i.modified
              from `tabPOS Invoice` i where i.docstatus = 2 and i.is_return = 0 and i.modified >= :#reversed_since) c
     where not exists (select 1 from `tabPOS Invoice` a where a.docstatus < 2 and a.amended_from <> '' and a.modified >= c.modified
                          and if(coalesce(a.amended_from, '') = '', a.name, coalesce((select b.name from `tabPOS Invoice` b where b.name = regexp_replace(a.name, '-[0-9]+$', '')), (select nullif(b.amended_from, '') from `tabPOS Invoice` b where b.name = a.amended_from), a.amended_from)) = c.sale)
    union all
    select r.name, if(coalesce(o.amended_from, '') = '', o.name, coalesce((select b.name from `tabPOS Invoice` b where b.name = regexp_replace(o.name, '-[0-9]+$', '')), (select nullif(b.amended_from, '') from `tabPOS Invoice` b where b.name = o.amended_from), o.amended_from)), 'return', timestamp(r.posting_date, r.posting_time),
           -if(coalesce(r.rounded_total, 0) <> 0, r.rounded_total, r.grand_total),
           (select min(case when (select coalesce(sum(-b.qty * b.conversion_factor), 0) from `tabPOS Invoice` br straight_join `tabPOS Invoice Item` b on b.parent = br.name
                                   where br.return_against = o.name and br.docstatus = 1 and br.is_return = 1 and coalesce(b.item_code, b.item_name) = coalesce(g.item_code, g.item_name))
                               >= (select sum(s.qty * s.conversion_factor) from `tabPOS Invoice Item` s where s.parent = g.parent and s.qty > 0 and s.rate >= 0 and coalesce(s.item_code, s.item_name) = coalesce(g.item_code, g.item_name)) - 0.001
                             then 1 else 0 end)
              from `tabPOS Invoice Item` g where g.parent = o.name and g.qty > 0 and g.rate >= 0), r.modified, null
      from `tabPOS Invoice` r join `tabPOS Invoice` o on o.name = r.return_against
     where r.docstatus = 1 and r.is_return = 1 and r.modified >= :#reversed_since
    union all
    select f.name, null, 'return', timestamp(f.posting_date, f.posting_time), -if(coalesce(f.rounded_total, 0) <> 0, f.rounded_total, f.grand_total), null, f.modified,
           (select group_concat(if(coalesce(o.amended_from, '') = '', o.name, coalesce((select b.name from `tabPOS Invoice` b where b.name = regexp_replace(o.name, '-[0-9]+$', '')), (select nullif(b.amended_from, '') from `tabPOS Invoice` b where b.name = o.amended_from), o.amended_from)) order by o.name)
              from `tabPOS Invoice` o
             where o.customer = f.customer and o.docstatus = 1 and o.is_return = 0
               and timestamp(o.posting_date, o.posting_time) between timestamp(f.posting_date, f.posting_time) - interval 90 day and timestamp(f.posting_date, f.posting_time)
               and not exists (select 1 from `tabPOS Profile` p where p.name = o.pos_profile and p.customer = o.customer)
               and not exists (select 1 from `tabPOS Invoice Item` r
                                where r.parent = f.name and r.qty < 0 and r.rate >= 0
                                  and (select coalesce(sum(s.qty * s.conversion_factor), 0) from `tabPOS Invoice Item` s where s.parent = o.name and s.qty > 0 and s.rate >= 0 and coalesce(s.item_code, s.item_name) = coalesce(r.item_code, r.item_name))
                                    + (select coalesce(sum(b.qty * b.conversion_factor), 0) from `tabPOS Invoice` br straight_join `tabPOS Invoice Item` b on b.parent = br.name
                                        where br.return_against = o.name and br.docstatus = 1 and br.is_return = 1 and coalesce(b.item_code, b.item_name) = coalesce(r.item_code, r.item_name))
                                    < (select sum(-m.qty * m.conversion_factor) from `tabPOS Invoice Item` m where m.parent = f.name and coalesce(m.item_code, m.item_name) = coalesce(r.item_code, r.item_name)) - 0.001))
      from `tabPOS Invoice` f
     where f.docstatus = 1 and f.is_return = 1 and coalesce(f.return_against, '') = '' and f.modified >= :#reversed_since
       and not exists (select 1 from `tabPOS Profile` p where p.name = f.pos_profile and p.customer = f.customer)
    union all
    select c.sale as transaction_id, c.sale as original_transaction_id, 'void' as kind, c.modified as reversed_at, null as amount, null as whole, c.modified as changed_at, null as candidates
      from (select if(coalesce(i.amended_from, '') = '', i.name, coalesce((select b.name from `tabSales Invoice` b where b.name = regexp_replace(i.name, '-[0-9]+$', '')), (select nullif(b.amended_from, '') from `tabSales Invoice` b where b.name = i.amended_from), i.amended_from)) as sale, i.modified
              from `tabSales Invoice` i where i.docstatus = 2 and i.is_return = 0 and i.is_pos = 1 and i.is_consolidated = 0 and i.modified >= :#reversed_since) c
     where not exists (select 1 from `tabSales Invoice` a where a.docstatus < 2 and a.amended_from <> '' and a.modified >= c.modified
                          and if(coalesce(a.amended_from, '') = '', a.name, coalesce((select b.name from `tabSales Invoice` b where b.name = regexp_replace(a.name, '-[0-9]+$', '')), (select nullif(b.amended_from, '') from `tabSales Invoice` b where b.name = a.amended_from), a.amended_from)) = c.sale)
    union all
    select r.name, if(coalesce(o.amended_from, '') = '', o.name, coalesce((select b.name from `tabSales Invoice` b where b.name = regexp_replace(o.name, '-[0-9]+$', '')), (select nullif(b.amended_from, '') from `tabSales Invoice` b where b.name = o.amended_from), o.amended_from)), 'return', timestamp(r.posting_date, r.posting_time),
           -if(coalesce(r.rounded_total, 0) <> 0, r.rounded_total, r.grand_total),
           (select min(case when (select coalesce(sum(-b.qty * b.conversion_factor), 0) from `tabSales Invoice` br straight_join `tabSales Invoice Item` b on b.parent = br.name
                                   where br.return_against = o.name and br.docstatus = 1 and br.is_return = 1 and coalesce(b.item_code, b.item_name) = coalesce(g.item_code, g.item_name))
                               >= (select sum(s.qty * s.conversion_factor) from `tabSales Invoice Item` s where s.parent = g.parent and s.qty > 0 and s.rate >= 0 and coalesce(s.item_code, s.item_name) = coalesce(g.item_code, g.item_name)) - 0.001
                             then 1 else 0 end)
              from `tabSales Invoice Item` g where g.parent = o.name and g.qty > 0 and g.rate >= 0), r.modified, null
      from `tabSales Invoice` r join `tabSales Invoice` o on o.name = r.return_against
     where r.docstatus = 1 and r.is_return = 1 and o.is_pos = 1 and o.is_consolidated = 0 and r.modified >= :#reversed_since
    union all
    select f.name, null, 'return', timestamp(f.posting_date, f.posting_time), -if(coalesce(f.rounded_total, 0) <> 0, f.rounded_total, f.grand_total), null, f.modified,
           (select group_concat(if(coalesce(o.amended_from, '') = '', o.name, coalesce((select b.name from `tabSales Invoice` b where b.name = regexp_replace(o.name, '-[0-9]+$', '')), (select nullif(b.amended_from, '') from `tabSales Invoice` b where b.name = o.amended_from), o.amended_from)) order by o.name)
              from `tabSales Invoice` o
             where o.customer = f.customer and o.docstatus = 1 and o.is_return = 0 and o.is_pos = 1 and o.is_consolidated = 0
               and timestamp(o.posting_date, o.posting_time) between timestamp(f.posting_date, f.posting_time) - interval 90 day and timestamp(f.posting_date, f.posting_time)
               and not exists (select 1 from `tabPOS Profile` p where p.name = o.pos_profile and p.customer = o.customer)
               and not exists (select 1 from `tabSales Invoice Item` r
                                where r.parent = f.name and r.qty < 0 and r.rate >= 0
                                  and (select coalesce(sum(s.qty * s.conversion_factor), 0) from `tabSales Invoice Item` s where s.parent = o.name and s.qty > 0 and s.rate >= 0 and coalesce(s.item_code, s.item_name) = coalesce(r.item_code, r.item_name))
                                    + (select coalesce(sum(b.qty * b.conversion_factor), 0) from `tabSales Invoice` br straight_join `tabSales Invoice Item` b on b.parent = br.name
                                        where br.return_against = o.name and br.docstatus = 1 and br.is_return = 1 and coalesce(b.item_code, b.item_name) = coalesce(r.item_code, r.item_name))
                                    < (select sum(-m.qty * m.conversion_factor) from `tabSales Invoice Item` m where m.parent = f.name and coalesce(m.item_code, m.item_name) = coalesce(r.item_code, r.item_name)) - 0.001))
      from `tabSales Invoice` f
     where f.docstatus = 1 and f.is_return = 1 and f.is_pos = 1 and f.is_consolidated = 0 and coalesce(f.return_against, '') = '' and f.modified >= :#reversed_since
       and not exists (select 1 from `tabPOS Profile` p where p.name = f.pos_profile and p.customer = f.customer)) v
 where (v.original_transaction_id is not null or v.candidates is not null) and (v.changed_at > :#reversed_since or v.transaction_id > :#reversed_since_id)
 order by v.changed_at, v.transaction_id
