create login {login} with password = 'AIQBRIDGE_PASSWORD';
create user {login} for login {login};
grant select on [Transaction] to {login};
grant select (ID, PhoneNumber, AccountNumber, EmailAddress) on Customer to {login};
create index aiq_transaction_time on [Transaction] ([Time]);
-- only for write-back = on:
grant update (Comment) on [Transaction] to {login};
