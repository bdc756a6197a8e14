-- The oldest wanted reversals are EXECUTING, under a lease and the next fencing number: of each contact one, and none while another call that moves the contact's points is in doubt; none that an emergency stop is about, and one at a time while what waited for one leaves.
update reversal set status = 'EXECUTING', fence = fence + 1, lease_owner = :#node, lease_until = coalesce((select millis from lease_clock), :#now) + :#lease_ms, attempts = attempts + 1,
       method = case when :#reversal_method = 'adjustment' then 'ADJUSTMENT' else method end, updated_at = :#now
 where status = 'WANTED' and reversal_id in (
   select v.reversal_id from reversal v join redemption r on r.redemption_id = v.redemption_id join account a on a.account_id = v.account_id
    where v.status = 'WANTED' and v.next_attempt_at <= :#now and a.paused_at is null and a.held_until <= :#now
      and not exists (select 1 from stopped_redemption s where s.redemption_id = v.redemption_id)
      and not exists (select 1 from drain d where d.account_id = v.account_id and (d.under_way >= d.most or d.bad_at > :#now - 60000))
      and not exists (select 1 from reversal e join redemption o on o.redemption_id = e.redemption_id where e.status = 'WANTED' and o.account_id = r.account_id
            and o.contact_id = r.contact_id and not exists (select 1 from stopped_redemption s where s.redemption_id = e.redemption_id) and (e.next_attempt_at, e.reversal_id) < (v.next_attempt_at, v.reversal_id))
      and not exists (select 1 from in_doubt d where d.account_id = r.account_id and d.contact_id = r.contact_id and d.since > :#doubt_since)
    order by v.next_attempt_at limit case when exists (select 1 from drain) then 1 else 10 end)
returning reversal_id, redemption_id, account_id, (select r.connection from redemption r where r.redemption_id = reversal.redemption_id) as connection,
  (select r.storefront from redemption r where r.redemption_id = reversal.redemption_id) as storefront, method, reference, fence, updated_at as claimed_at, 'REVERSAL' as priority,
  (select c.phone from redemption r join contact c on c.customer_key = r.customer_key where r.redemption_id = reversal.redemption_id) as phone,
  (select c.email from redemption r join contact c on c.customer_key = r.customer_key where r.redemption_id = reversal.redemption_id) as email,
  (select r.contact_id from redemption r where r.redemption_id = reversal.redemption_id) as contact_id,
  (select r.discount_id from redemption r where r.redemption_id = reversal.redemption_id) as discount_id,
  (select r.aiq_redemption_id from redemption r where r.redemption_id = reversal.redemption_id) as aiq_redemption_id,
  (select r.points from redemption r where r.redemption_id = reversal.redemption_id) as points
