-- The points that the till's database refused to show are written again.
update write_back set status = 'WANTED', attempts = 0, next_attempt_at = :#now, updated_at = :#now where redemption_id = :#redemption_id and status = 'PARKED'
