-- Nothing settled it in time: a person must look in AIQ. From then on AIQ is only asked whether it took the points.
update redemption set status = 'PARKED', reason = 'unclear', next_attempt_at = :#next_attempt_at, last_error = 'AIQ may or may not have taken the points; look in AIQ before anything else.', updated_at = :#now
 where redemption_id = :#redemption_id and status = 'UNKNOWN' and fence = :#fence
