-- The till's own transaction shall no longer show the points.
update write_back set points = 0, status = 'WANTED', attempts = 0, next_attempt_at = :#now, updated_at = :#now where redemption_id = :#redemption_id
