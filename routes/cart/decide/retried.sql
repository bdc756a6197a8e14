-- A person has mended what AIQ, or our template, refused: abandoned carts that were not taken wait again and are due now; too old ones stay as they are.
update cart set send_status = 'WAITING', send_reason = null, next_attempt_at = :#now, updated_at = :#now
 where connection = :#connection and status = 'ABANDONED' and changed_at >= :#too_old_before
   and (send_status = 'WAITING' or send_status = 'SUPPRESSED' and send_reason in ('refused by AIQ', 'the template failed'))
