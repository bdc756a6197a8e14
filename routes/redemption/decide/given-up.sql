-- A person gave the parked redemption up: it was not sent, or AIQ did not take the points. It never comes back.
update redemption set status = 'RELEASED', reason = :#reason, updated_at = :#now where redemption_id = :#redemption_id and status = 'PARKED' and updated_at = :#version
