-- The submitted invoices changed after the bound. An amended one (name-1, name-2 …) is the first one's sale: it keeps that name. The POS profile's customer is the walk-in.
select if(coalesce(i.amended_from, '') = '', i.name, regexp_replace(i.name, '-[0-9]+$', '')) as transaction_id,
       timestamp(i.posting_date, i.posting_time) as completed_at, i.modified as changed_at, if(coalesce(i.rounded_total, 0) <> 0, i.rounded_total, i.grand_total) as total,
       if(i.customer = p.customer, null, nullif(i.contact_mobile, '')) as phone, if(i.customer = p.customer, null, nullif(i.contact_email, '')) as email,
       if(i.customer = p.customer, null, i.customer) as customer_id, i.remarks as note,
       coalesce(i.discount_amount, 0) + (select coalesce(sum(l.discount_amount * l.qty), 0) from `tabPOS Invoice Item` l where l.parent = i.name) as discount_total,
       i.owner as employee
  from `tabPOS Invoice` i left join `tabPOS Profile` p on p.name = i.pos_profile
 where i.docstatus = 1 and i.is_return = 0
   and i.modified >= :#since and (i.modified > :#since or if(coalesce(i.amended_from, '') = '', i.name, regexp_replace(i.name, '-[0-9]+$', '')) > :#since_id)
 order by i.modified, if(coalesce(i.amended_from, '') = '', i.name, regexp_replace(i.name, '-[0-9]+$', ''))
