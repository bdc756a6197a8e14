-- A code is out and one more try of it is counted, or nothing comes back: of its five tries three are kept for the connection that asked for it.
update pin_sent set tries = tries + 1, elsewhere = elsewhere + case when connection = :#connection then 0 else 1 end
 where account_id = :#account_id and subject = :#subject_hash and sent_at > :#now - 600000
   and tries < 5 and (connection = :#connection or elsewhere < 2)
returning sent_at
