-- AIQ's records do not say yet: asked again then. The others: when the first of two readings was begun that waits for its second; asked_at: when a list of AIQ's was last read.
update redemption set next_attempt_at = :#next_attempt_at, absent_since = cast(:#absent_since as bigint), lists_silent_since = cast(:#lists_silent_since as bigint),
       contact_changed_since = cast(:#contact_changed_since as bigint), asked_at = coalesce(cast(:#asked_at as bigint), asked_at)
 where redemption_id = :#redemption_id and status in ('UNKNOWN', 'PARKED') and fence = :#fence
