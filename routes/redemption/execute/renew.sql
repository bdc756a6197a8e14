-- The lease is renewed, if it is still ours and has not run out; nothing is sent without it. What spoke against it is forgotten.
update redemption set lease_until = coalesce((select millis from lease_clock), :#now) + :#lease_ms, attempts = attempts + 1, refused_since = null, refused_readings = 0
 where redemption_id = :#redemption_id and status = 'EXECUTING' and fence = :#fence and lease_until > coalesce((select millis from lease_clock), :#now)
