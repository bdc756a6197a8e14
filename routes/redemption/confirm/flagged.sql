-- A person is to look at it, or no longer, because AIQ's report shows it after all.
update redemption set flag = cast(:#flag as text) where redemption_id = :#redemption_id and (cast(:#only as text) is null or coalesce(flag, 'none') = :#only)
