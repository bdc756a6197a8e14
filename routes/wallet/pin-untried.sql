-- The code did not reach AIQ: it was not tried.
update pin_sent set tries = tries - 1, elsewhere = elsewhere - case when connection = :#connection then 0 else 1 end
 where account_id = :#account_id and subject = :#subject_hash and sent_at = :#sent_at and tries > 0
