-- Customers not seen for a long time are reduced to a pseudonym; never while something of theirs is open or could still be reversed.
update contact set phone = null, email = null, identity = case when contact_id is null then 'gone:' || customer_key else identity end, updated_at = :#now
 where updated_at < :#contact_before and (phone is not null or email is not null)
   and not exists (select 1 from redemption r where r.customer_key = contact.customer_key and (r.status not in ('EXECUTED', 'REJECTED', 'RELEASED') or r.updated_at >= :#settled_before))
   and not exists (select 1 from redemption r join reversal v on v.redemption_id = r.redemption_id where r.customer_key = contact.customer_key and v.status not in ('DONE', 'REJECTED'))
