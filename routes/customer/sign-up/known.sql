-- Whatever this account knows under this phone or this e-mail: each sign-up, the present one included, and each contact whose wallet was opened.
select phone_hash, email_hash from consent
 where account_id = :#account_id and purpose = 'loyalty' and (phone_hash = :#phone_hash or email_hash = :#email_hash)
union all
select null, null from contact
 where account_id = :#account_id and (phone = :#phone or email = :#email)
