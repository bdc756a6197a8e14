-- The attempt stands before the first byte leaves, if the redemption is still ours by its fencing number.
insert into attempt (subject_id, fence, kind, account_id, node, started_at, wallet_points, wallet_offered)
select r.redemption_id, r.fence, 'REDEEM', r.account_id, r.lease_owner, :#now, cast(:#wallet_points as numeric), 1
  from redemption r where r.redemption_id = :#redemption_id and r.status = 'EXECUTING' and r.fence = :#fence
