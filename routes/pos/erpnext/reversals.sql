-- What was reversed after the bound: invoices cancelled (docstatus 2) and not amended since, and returns, which name their invoice.
select v.transaction_id, v.original_transaction_id, v.kind, v.reversed_at, v.amount, v.changed_at from (
    select c.sale as transaction_id, c.sale as original_transaction_id, 'void' as kind, c.modified as reversed_at, null as amount, c.modified as changed_at
      from (select if(coalesce(i.amended_from, '') = '', i.name, regexp_replace(i.name, '-[0-9]+$', '')) as sale, i.modified
              from `tabPOS Invoice` i where i.docstatus = 2 and i.is_return = 0 and i.modified >= :#reversed_since) c
     where not exists (select 1 from `tabPOS Invoice` a where a.docstatus = 1 and a.amended_from <> '' and a.name > concat(c.sale, '-') and a.name < concat(c.sale, '-a'))
    union all
    select r.name, if(coalesce(o.amended_from, '') = '', o.name, regexp_replace(o.name, '-[0-9]+$', '')), 'return', timestamp(r.posting_date, r.posting_time),
           -if(coalesce(r.rounded_total, 0) <> 0, r.rounded_total, r.grand_total), r.modified
      from `tabPOS Invoice` r join `tabPOS Invoice` o on o.name = r.return_against
     where r.docstatus = 1 and r.is_return = 1 and r.modified >= :#reversed_since) v
 where v.changed_at > :#reversed_since or v.transaction_id > :#reversed_since_id
 order by v.changed_at, v.transaction_id
