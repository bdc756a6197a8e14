-- A person looked at the redemption and leaves it as it stands: it is no longer listed, until its state or its flag changes.
update redemption set looked_at = :#now, flag_looked_at = case when flag is null then flag_looked_at else cast(:#now as bigint) end where redemption_id = :#redemption_id and updated_at = :#version
