-- The reversal is where its answer, or AIQ's own records, put it; an answer that comes late settles an UNKNOWN of the same attempt too.
update reversal set status = :#next, method = :#next_method, next_attempt_at = :#next_attempt_at, last_error = :#detail, reason = :#reason, absent_since = null,
  unknown_since = case when :#next = 'UNKNOWN' then :#now else unknown_since end, lease_owner = null, lease_until = null, updated_at = :#now
 where reversal_id = :#reversal_id and fence = :#fence and (status = 'EXECUTING' and :#next in ('DONE', 'WANTED', 'UNKNOWN', 'PARKED') or status = 'UNKNOWN' and :#next in ('DONE', 'WANTED', 'PARKED', 'REJECTED')
   or status = 'PARKED' and reason = 'unclear' and :#next = 'DONE')
