-- Two readings of AIQ's records that wait for one another, beside those of absent_since: its lists alone are silent; its wallet is another contact's.
alter table redemption add column lists_silent_since bigint;
alter table redemption add column contact_changed_since bigint;

-- When an attempt was settled as without effect, and whether AIQ's lists alone said so. When AIQ's report first showed what it confirmed, and last should have and did not.
alter table attempt add column absent_at bigint;
alter table attempt add column absent_by text;
alter table attempt add column shown_at bigint;
alter table attempt add column missing_at bigint;
create index attempt_absent on attempt (account_id, absent_at) where absent_at is not null;
create index attempt_sale on attempt (account_id, transaction_id) where transaction_id is not null;

-- Sending again what AIQ's records say had no effect is stopped until a person allows it. report_read_at: when the redemptions report was last read.
alter table account add column resend_stopped_at bigint;
alter table account add column resend_stopped_reason text;
alter table account add column resend_allowed_at bigint not null default 0;
alter table account add column report_read_at bigint not null default 0;
