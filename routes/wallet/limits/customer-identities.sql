-- Under which phone and e-mail this account knows the customers who have this phone or this e-mail.
select phone, email from contact where account_id = :#account_id and (phone = :#phone or email = :#email)
