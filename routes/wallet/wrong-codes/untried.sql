-- The try did not reach AIQ: it does not count.
delete from wrong_code where try_id = :#try_id
