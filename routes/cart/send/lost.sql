-- A cart whose worker is gone may have been sent: it is never sent again.
update cart set send_status = 'UNCLEAR', last_error = 'the worker was gone before it wrote an outcome', updated_at = :#now where send_status = 'SENDING' and next_attempt_at <= :#now
