-- The right code came: what this connection tried before at the same code does not count.
delete from wrong_code where connection = :#connection and account_id = :#account_id and subject = :#subject_hash and sent_at = :#sent_at
