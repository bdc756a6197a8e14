-- The attempt stands before the first byte leaves, if the redemption is still ours by its fencing number.
insert into attempt (subject_id, fence, kind, account_id, node, started_at, wallet_points, wallet_offered, offers, contact_id, discount_id, transaction_id, aiq_started_at)
select r.redemption_id, r.fence, 'REDEEM', r.account_id, r.lease_owner, :#now, cast(:#wallet_points as numeric), 1, cast(:#offers as integer), r.contact_id, r.discount_id, cast(:#transaction_id as text), cast(:#aiq_started_at as bigint)
  from redemption r where r.redemption_id = :#redemption_id and r.status = 'EXECUTING' and r.fence = :#fence
