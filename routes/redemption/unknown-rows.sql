-- The account's unclear redemptions with what is known of their last attempt. unnamed: others like it that may have an effect of which AIQ gave us no id.
select r.redemption_id, r.account_id, r.fence, r.contact_id, r.discount_id, r.transaction_id, r.points, r.queued_at, r.unknown_since, r.restored_from, r.reversal_wanted,
       a.started_at, a.wallet_points, 'RECONCILIATION' as priority, c.phone, c.email,
       (select count(*) from redemption o where o.account_id = r.account_id and o.customer_key = r.customer_key and o.discount_id = r.discount_id and o.redemption_id <> r.redemption_id
           and (o.status in ('EXECUTING', 'UNKNOWN', 'PARKED') or o.status = 'EXECUTED' and o.aiq_redemption_id is null) and o.updated_at > r.queued_at - 86400000) as unnamed
  from redemption r join contact c on c.customer_key = r.customer_key left join attempt a on a.subject_id = r.redemption_id and a.fence = r.fence
 where r.account_id = :#account_id and r.status = 'UNKNOWN' and r.unknown_since <= :#settle_before order by r.unknown_since limit 100
