-- The till's database will not show the points: a person is shown it, and it is not tried again.
update write_back set status = 'PARKED', attempts = attempts + 1, last_error = :#last_error, updated_at = :#now where redemption_id = :#redemption_id and status = 'WANTED'
