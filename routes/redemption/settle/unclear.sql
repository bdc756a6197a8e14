-- Nothing settled it in time: a person must look in AIQ.
update redemption set status = 'PARKED', reason = 'unclear', last_error = 'AIQ may or may not have taken the points; look in AIQ before anything else.', updated_at = :#now
 where redemption_id = :#redemption_id and status = 'UNKNOWN' and fence = :#fence
