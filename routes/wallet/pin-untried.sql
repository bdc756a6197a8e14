-- The code did not reach AIQ: it was not tried.
update pin_sent set tries = tries - 1 where account_id = :#account_id and subject = :#subject_hash and tries > 0
