-- The redemption whose points the till does not show says so, unless it says something else that nobody has looked at.
update redemption set flag = 'points-not-shown', flag_looked_at = null, updated_at = :#now where redemption_id = :#redemption_id and (flag is null or flag = 'points-not-shown' or flag_looked_at is not null)
