-- What became of invoices: a draft is open, one that was cancelled is what its amendment is, voided without one; a submitted one is returned when all goods came back (what that is, says reversals.sql).
    select x.sale as transaction_id,
           case when n.docstatus = 0 then 'open'
                when n.docstatus is null then 'voided'
                when (select min(case when (select coalesce(sum(-b.qty * b.conversion_factor), 0) from `tabPOS Invoice` br join `tabPOS Invoice Item` b on b.parent = br.name
                                   where br.return_against = n.name and br.docstatus = 1 and br.is_return = 1 and coalesce(b.item_code, b.item_name) = coalesce(g.item_code, g.item_name))
                               >= (select sum(s.qty * s.conversion_factor) from `tabPOS Invoice Item` s where s.parent = g.parent and s.qty > 0 and s.rate >= 0 and coalesce(s.item_code, s.item_name) = coalesce(g.item_code, g.item_name)) - 0.001
                             then 1 else 0 end)
              from `tabPOS Invoice Item` g where g.parent = n.name and g.qty > 0 and g.rate >= 0) = 1 then 'returned'
                else 'completed' end as state
      from (select i.name as sale, if(i.docstatus < 2, i.name,
                   (select a.name from `tabPOS Invoice` a where a.docstatus < 2 and a.amended_from <> '' and a.modified >= i.modified
                       and if(coalesce(a.amended_from, '') = '', a.name, coalesce((select b.name from `tabPOS Invoice` b where b.name = regexp_replace(a.name, '-[0-9]+$', '')), (select nullif(b.amended_from, '') from `tabPOS Invoice` b where b.name = a.amended_from), a.amended_from)) = i.name order by a.docstatus desc, a.modified desc limit 1)) as now_name
              from `tabPOS Invoice` i where i.name in (:#in:transaction_ids) and i.is_return = 0) x left join `tabPOS Invoice` n on n.name = x.now_name
    union all
    select x.sale as transaction_id,
           case when n.docstatus = 0 then 'open'
                when n.docstatus is null then 'voided'
                when (select min(case when (select coalesce(sum(-b.qty * b.conversion_factor), 0) from `tabSales Invoice` br join `tabSales Invoice Item` b on b.parent = br.name
                                   where br.return_against = n.name and br.docstatus = 1 and br.is_return = 1 and coalesce(b.item_code, b.item_name) = coalesce(g.item_code, g.item_name))
                               >= (select sum(s.qty * s.conversion_factor) from `tabSales Invoice Item` s where s.parent = g.parent and s.qty > 0 and s.rate >= 0 and coalesce(s.item_code, s.item_name) = coalesce(g.item_code, g.item_name)) - 0.001
                             then 1 else 0 end)
              from `tabSales Invoice Item` g where g.parent = n.name and g.qty > 0 and g.rate >= 0) = 1 then 'returned'
                else 'completed' end as state
      from (select i.name as sale, if(i.docstatus < 2, i.name,
                   (select a.name from `tabSales Invoice` a where a.docstatus < 2 and a.amended_from <> '' and a.modified >= i.modified
                       and if(coalesce(a.amended_from, '') = '', a.name, coalesce((select b.name from `tabSales Invoice` b where b.name = regexp_replace(a.name, '-[0-9]+$', '')), (select nullif(b.amended_from, '') from `tabSales Invoice` b where b.name = a.amended_from), a.amended_from)) = i.name order by a.docstatus desc, a.modified desc limit 1)) as now_name
              from `tabSales Invoice` i where i.name in (:#in:transaction_ids) and i.is_return = 0 and i.is_pos = 1 and i.is_consolidated = 0) x left join `tabSales Invoice` n on n.name = x.now_name
