-- The attempt stands before the first byte leaves, if the reversal is still ours by its fencing number.
insert into attempt (subject_id, fence, kind, account_id, node, started_at, wallet_points, aiq_started_at)
select v.reversal_id, v.fence, v.method, v.account_id, v.lease_owner, :#now, cast(:#wallet_points as numeric), cast(:#aiq_started_at as bigint) from reversal v where v.reversal_id = :#reversal_id and v.status = 'EXECUTING' and v.fence = :#fence
