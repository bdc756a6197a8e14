-- What an attempt was about. One that AIQ confirmed is looked for in AIQ's lists later: a list that does not show what AIQ took proves nothing by what else it does not show.
-- offers: how often the wallet before it offered the discount.
alter table attempt add column contact_id text;
alter table attempt add column discount_id text;
alter table attempt add column transaction_id text;
alter table attempt add column offers integer;
update attempt set contact_id = (select r.contact_id from redemption r where r.redemption_id = attempt.subject_id),
                   discount_id = (select r.discount_id from redemption r where r.redemption_id = attempt.subject_id),
                   transaction_id = (select case when r.model in ('POS', 'INFORMATIONAL') then r.transaction_id end from redemption r where r.redemption_id = attempt.subject_id)
 where kind = 'REDEEM' and outcome = 'EXECUTED';
create index attempt_executed on attempt (account_id, ended_at) where outcome = 'EXECUTED';
