-- The account's unclear reversals with what is known of their last attempt.
select v.reversal_id, v.redemption_id, v.account_id, v.fence, v.method, v.reference, v.unknown_since, a.started_at, r.contact_id, r.discount_id, r.points, r.aiq_redemption_id, r.queued_at,
       'RECONCILIATION' as priority
  from reversal v join redemption r on r.redemption_id = v.redemption_id left join attempt a on a.subject_id = v.reversal_id and a.fence = v.fence
 where v.account_id = :#account_id and v.status = 'UNKNOWN' and v.unknown_since <= :#settle_before limit 100
