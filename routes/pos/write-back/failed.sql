-- The till could not be written; tried again later and later, at most every hour.
update write_back set attempts = attempts + 1, last_error = :#last_error, updated_at = :#now,
       next_attempt_at = :#now + case when attempts > 9 then 3600000 else 5000 * (attempts + 1) * (attempts + 1) end
 where redemption_id = :#redemption_id and status = 'WANTED'
