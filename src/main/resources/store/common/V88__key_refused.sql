-- AIQ refused the account's key. refused_call: what it refused, REDEEM, REVERSAL, ADJUSTMENT, CART, or WALLET for the wallet read before one of them.
-- key_read_at: when the stores are read with the same key, null while a person has to enter the key; key_wait_ms: how long to wait after that.
-- resumed_at: when the account went on by itself, until a person enters a key.
alter table account add column refused_call text;
alter table account add column key_read_at bigint;
alter table account add column key_wait_ms bigint not null default 120000;
alter table account add column resumed_at bigint;
update account set refused_call = 'REDEEM', key_read_at = paused_at where paused_at is not null;

-- Accounts that went on by themselves, and AIQ has not taken a call like the refused one since: a key that may only read looks the same.
create view key_on_trial as
select a.account_id from account a
 where a.resumed_at is not null and not exists (
   select 1 from attempt t where t.account_id = a.account_id and t.started_at >= a.resumed_at and t.outcome in ('EXECUTED', 'DONE') and t.http_status between 200 and 299
      and (t.kind = a.refused_call or a.refused_call = 'WALLET'));
