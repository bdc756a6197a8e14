-- The oldest due redemptions of the account whose sale is still completed, or whose order is still paid, are EXECUTING, under a lease and the next fencing number.
update redemption set status = 'EXECUTING', fence = fence + 1, lease_owner = :#node,
       lease_until = coalesce((select millis from lease_clock), :#now) + :#lease_ms, updated_at = :#now
 where status = 'DUE' and redemption_id in (
   select r.redemption_id from redemption r
    where r.account_id = :#account_id and r.status = 'DUE' and r.next_attempt_at <= :#now and r.reversal_wanted is null
      and exists (select 1 from account a where a.account_id = r.account_id and a.paused_at is null and a.held_until <= :#now)
      and (r.model in ('POS', 'INFORMATIONAL') and exists (select 1 from completed_sale t where t.connection = r.connection and t.location = r.location
             and t.transaction_id = r.transaction_id)
        or r.model = 'PAID' and exists (select 1 from redemption_order x where x.redemption_id = r.redemption_id and x.standing = 1 and x.paid = 1))
    order by r.next_attempt_at limit :#batch for update of r skip locked)
returning redemption_id, account_id, connection, location, model, transaction_id, contact_id, customer_key, discount_id, points, reusable, attempts, fence,
  'REDEMPTION' as priority, refused_since, refused_readings,
  (select c.phone from contact c where c.customer_key = redemption.customer_key) as phone,
  (select c.email from contact c where c.customer_key = redemption.customer_key) as email
