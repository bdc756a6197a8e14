-- The oldest due redemptions of the account that may still be sent are EXECUTING, under a lease and the next fencing number: of each contact one, and none while another call that moves the
-- contact's points is in doubt, so that the balance before and after tells what became of it.
-- array(): the inner statement runs once; with in (…) PostgreSQL may run it again and again, and takes more than its limit.
update redemption set status = 'EXECUTING', fence = fence + 1, lease_owner = :#node,
       lease_until = coalesce((select millis from lease_clock), :#now) + :#lease_ms, updated_at = :#now
 where status = 'DUE' and redemption_id = any (array(
   select r.redemption_id from redemption r join sendable s on s.redemption_id = r.redemption_id
    where r.account_id = :#account_id and r.status = 'DUE' and r.next_attempt_at <= :#now
      and exists (select 1 from account a where a.account_id = r.account_id and a.paused_at is null and a.held_until <= :#now)
      and not exists (select 1 from sendable e where e.account_id = r.account_id and e.contact_id = r.contact_id
            and (e.next_attempt_at, e.redemption_id) < (r.next_attempt_at, r.redemption_id))
      and not exists (select 1 from in_doubt d where d.account_id = r.account_id and d.contact_id = r.contact_id and d.since > :#doubt_since)
    order by r.next_attempt_at limit :#batch for update of r skip locked))
returning redemption_id, account_id, connection, storefront, location, model, transaction_id, contact_id, customer_key, discount_id, points, reusable, attempts, fence,
  'REDEMPTION' as priority, refused_since, refused_readings,
  (select c.phone from contact c where c.customer_key = redemption.customer_key) as phone,
  (select c.email from contact c where c.customer_key = redemption.customer_key) as email
