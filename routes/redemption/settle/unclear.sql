-- Nothing settled it in time, or AIQ shows what only a person can make sense of. From then on AIQ is only asked whether it took the points.
update redemption set status = 'PARKED', reason = 'unclear', flag = coalesce(cast(:#flag as text), flag), next_attempt_at = :#next_attempt_at, last_error = :#detail, updated_at = :#now
 where redemption_id = :#redemption_id and status = 'UNKNOWN' and fence = :#fence
