-- A code is expected and one more try is counted, or nothing comes back.
update pin_sent set tries = tries + 1
 where account_id = :#account_id and subject = :#subject_hash and sent_at > :#now - 600000 and tries < 5
returning tries
