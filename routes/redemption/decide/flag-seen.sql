-- Who decides about a redemption has seen its flag.
update redemption set flag_looked_at = :#now where redemption_id = :#redemption_id and flag is not null
