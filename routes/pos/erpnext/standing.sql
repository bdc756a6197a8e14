-- What became of invoices: each with its amendments, whatever they are called. One of them stands, and is returned when all goods came back (what that is, says reversals.sql); or one is a draft: open; or all were cancelled: voided.
-- straight_join: from an invoice to what names it, by the index, whatever the statistics of an empty column say.
with recursive of_pos as (
    select i.name as sale, i.name, i.docstatus from `tabPOS Invoice` i where i.name in (:#in:transaction_ids) and i.is_return = 0
    union all
    select c.sale, a.name, a.docstatus from of_pos c straight_join `tabPOS Invoice` a on a.amended_from = c.name),
of_sales as (
    select i.name as sale, i.name, i.docstatus from `tabSales Invoice` i where i.name in (:#in:transaction_ids) and i.is_return = 0 and i.is_pos = 1 and i.is_consolidated = 0
    union all
    select c.sale, a.name, a.docstatus from of_sales c straight_join `tabSales Invoice` a on a.amended_from = c.name)
select p.sale as transaction_id,
       case when p.stands is null then if(p.drafts = 1, 'open', 'voided')
            when (select min(case when (select coalesce(sum(-b.qty * b.conversion_factor), 0) from `tabPOS Invoice` br straight_join `tabPOS Invoice Item` b on b.parent = br.name
                                   where br.return_against = p.stands and br.docstatus = 1 and br.is_return = 1 and coalesce(b.item_code, b.item_name) = coalesce(g.item_code, g.item_name))
                               >= (select sum(s.qty * s.conversion_factor) from `tabPOS Invoice Item` s where s.parent = g.parent and s.qty > 0 and s.rate >= 0 and coalesce(s.item_code, s.item_name) = coalesce(g.item_code, g.item_name)) - 0.001
                             then 1 else 0 end)
              from `tabPOS Invoice Item` g where g.parent = p.stands and g.qty > 0 and g.rate >= 0) = 1 then 'returned'
            else 'completed' end as state
  from (select sale, max(if(docstatus = 1, name, null)) as stands, max(docstatus = 0) as drafts from of_pos group by sale) p
union all
select p.sale as transaction_id,
       case when p.stands is null then if(p.drafts = 1, 'open', 'voided')
            when (select min(case when (select coalesce(sum(-b.qty * b.conversion_factor), 0) from `tabSales Invoice` br straight_join `tabSales Invoice Item` b on b.parent = br.name
                                   where br.return_against = p.stands and br.docstatus = 1 and br.is_return = 1 and coalesce(b.item_code, b.item_name) = coalesce(g.item_code, g.item_name))
                               >= (select sum(s.qty * s.conversion_factor) from `tabSales Invoice Item` s where s.parent = g.parent and s.qty > 0 and s.rate >= 0 and coalesce(s.item_code, s.item_name) = coalesce(g.item_code, g.item_name)) - 0.001
                             then 1 else 0 end)
              from `tabSales Invoice Item` g where g.parent = p.stands and g.qty > 0 and g.rate >= 0) = 1 then 'returned'
            else 'completed' end as state
  from (select sale, max(if(docstatus = 1, name, null)) as stands, max(docstatus = 0) as drafts from of_sales group by sale) p
