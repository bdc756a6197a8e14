-- No byte left: due again, and waiting burns nothing. Whatever spoke against it is remembered until a wallet no longer does.
update redemption set status = 'DUE', next_attempt_at = :#next_attempt_at, refused_since = cast(:#refused_since as bigint), refused_readings = :#refused_readings, last_error = :#detail,
       lease_owner = null, lease_until = null, updated_at = :#now
 where redemption_id = :#redemption_id and status = 'EXECUTING' and fence = :#fence
