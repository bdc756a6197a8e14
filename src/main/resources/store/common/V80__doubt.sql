-- What a doubt needs: since when AIQ's whole readings show nothing of an attempt; and since when, and how often, a wallet spoke against a redemption that was not sent.
alter table redemption add column absent_since bigint;
alter table redemption add column refused_since bigint;
alter table redemption add column refused_readings integer not null default 0;
alter table reversal add column absent_since bigint;
insert into redemption_transition (from_status, to_status) values ('UNKNOWN', 'REJECTED');
insert into reversal_transition (from_status, to_status) values ('UNKNOWN', 'REJECTED');
-- no answer alone refuses a reversal
delete from reversal_transition where from_status = 'EXECUTING' and to_status = 'REJECTED';
