-- The submitted invoices changed after the bound. An amended one (name-1, name-2, or under a new name) is the first one's sale and keeps that name. The POS profile's customer is the walk-in; who has neither phone nor e-mail is nobody.
-- ERPNext's own till writes POS Invoices, and from 16 on Sales Invoices where POS Settings say so, as other tills on it do in every version (is_pos); what a shift's closing merges out of POS Invoices (is_consolidated) was received before.
select v.transaction_id, v.completed_at, v.changed_at, v.total, v.phone, v.email, v.customer_id, v.note, v.discount_total, v.employee, v.number, v.goods from (
    select if(coalesce(i.amended_from, '') = '', i.name, coalesce((select b.name from `tabPOS Invoice` b where b.name = regexp_replace(i.name, '-[0-9]+$', '')), (select nullif(b.amended_from, '') from `tabPOS Invoice` b where b.name = i.amended_from), i.amended_from)) as transaction_id,
           timestamp(i.posting_date, i.posting_time) as completed_at, i.modified as changed_at, if(coalesce(i.rounded_total, 0) <> 0, i.rounded_total, i.grand_total) as total,
           if(i.customer = p.customer, null, nullif(i.contact_mobile, '')) as phone, if(i.customer = p.customer, null, nullif(i.contact_email, '')) as email,
           if(i.customer = p.customer or coalesce(i.contact_mobile, '') = '' and coalesce(i.contact_email, '') = '', null, i.customer) as customer_id,
           concat_ws(char(10 using utf8mb4), left(i.remarks, 2000), left(i.po_no, 2000)) as note,
           coalesce(i.discount_amount, 0) + (select coalesce(sum(l.discount_amount * l.qty), 0) from `tabPOS Invoice Item` l where l.parent = i.name) as discount_total,
           i.owner as employee, i.name as number,
           (select md5(group_concat(concat(coalesce(l.item_code, l.item_name), '*', round(l.qty, 3)) order by coalesce(l.item_code, l.item_name), l.qty separator ',')) from `tabPOS Invoice Item` l where l.parent = i.name) as goods
      from `tabPOS Invoice` i left join `tabPOS Profile` p on p.name = i.pos_profile
     where i.docstatus = 1 and i.is_return = 0 and i.modified >= :#since
    union all
    select if(coalesce(i.amended_from, '') = '', i.name, coalesce((select b.name from `tabSales Invoice` b where b.name = regexp_replace(i.name, '-[0-9]+$', '')), (select nullif(b.amended_from, '') from `tabSales Invoice` b where b.name = i.amended_from), i.amended_from)) as transaction_id,
           timestamp(i.posting_date, i.posting_time) as completed_at, i.modified as changed_at, if(coalesce(i.rounded_total, 0) <> 0, i.rounded_total, i.grand_total) as total,
           if(i.customer = p.customer, null, nullif(i.contact_mobile, '')) as phone, if(i.customer = p.customer, null, nullif(i.contact_email, '')) as email,
           if(i.customer = p.customer or coalesce(i.contact_mobile, '') = '' and coalesce(i.contact_email, '') = '', null, i.customer) as customer_id,
           concat_ws(char(10 using utf8mb4), left(i.remarks, 2000), left(i.po_no, 2000)) as note,
           coalesce(i.discount_amount, 0) + (select coalesce(sum(l.discount_amount * l.qty), 0) from `tabSales Invoice Item` l where l.parent = i.name) as discount_total,
           i.owner as employee, i.name as number,
           (select md5(group_concat(concat(coalesce(l.item_code, l.item_name), '*', round(l.qty, 3)) order by coalesce(l.item_code, l.item_name), l.qty separator ',')) from `tabSales Invoice Item` l where l.parent = i.name) as goods
      from `tabSales Invoice` i left join `tabPOS Profile` p on p.name = i.pos_profile
     where i.docstatus = 1 and i.is_return = 0 and i.is_pos = 1 and i.is_consolidated = 0 and i.modified >= :#since) v
 where v.changed_at > :#since or v.transaction_id > :#since_id
 order by v.changed_at, v.transaction_id
