-- When AIQ's report first showed what AIQ confirmed, and when it last did not though it is that old.
update attempt set shown_at = coalesce(shown_at, cast(:#shown_at as bigint)), missing_at = coalesce(cast(:#missing_at as bigint), missing_at)
 where subject_id = :#subject_id and fence = :#fence
