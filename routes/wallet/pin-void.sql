-- No older code of the customer is good, under whichever phone or e-mail it was sent.
delete from pin_sent where account_id = :#account_id and subject in (:#in:subjects)
