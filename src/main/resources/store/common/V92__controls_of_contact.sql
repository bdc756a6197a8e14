-- What AIQ confirmed of one contact: its timeline has to show it.
create index attempt_of_contact on attempt (account_id, contact_id, ended_at) where outcome = 'EXECUTED';
