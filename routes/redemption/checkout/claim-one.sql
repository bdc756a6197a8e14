-- The one redemption that its caller waits for is EXECUTING, under a lease and the next fencing number, unless its account is paused, an emergency stop is about it, or another call that moves the contact's points is in doubt.
update redemption set status = 'EXECUTING', fence = fence + 1, lease_owner = :#node,
       lease_until = coalesce((select millis from lease_clock), :#now) + :#lease_ms, updated_at = :#now
 where redemption_id = :#redemption_id and status = 'DUE' and model = 'IMMEDIATE' and next_attempt_at <= :#now and reversal_wanted is null
   and exists (select 1 from account a where a.account_id = redemption.account_id and a.paused_at is null)
   and not exists (select 1 from stopped_redemption s where s.redemption_id = redemption.redemption_id)
   and not exists (select 1 from in_doubt d where d.account_id = redemption.account_id and d.contact_id = redemption.contact_id and d.since > :#doubt_since)
returning redemption_id, account_id, connection, storefront, location, model, transaction_id, contact_id, customer_key, discount_id, points, reusable, attempts, fence,
  'PERSON' as priority, refused_since, refused_readings,
  (select c.phone from contact c where c.customer_key = redemption.customer_key) as phone,
  (select c.email from contact c where c.customer_key = redemption.customer_key) as email
