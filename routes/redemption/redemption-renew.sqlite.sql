-- The lease runs anew, if it is still ours and has not run out; nothing is sent without it.
update redemption set lease_until = :#now + :#lease_ms, attempts = attempts + 1
 where redemption_id = :#redemption_id and status = 'EXECUTING' and fence = :#fence and lease_until > :#now
