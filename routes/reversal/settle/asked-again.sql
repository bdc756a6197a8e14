-- AIQ's records do not say yet: asked again then. absent_since: when the first of the readings that show nothing was begun.
update reversal set next_attempt_at = :#next_attempt_at, absent_since = cast(:#absent_since as bigint) where reversal_id = :#reversal_id and status in ('UNKNOWN', 'PARKED') and fence = :#fence
