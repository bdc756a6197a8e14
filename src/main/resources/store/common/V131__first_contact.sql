-- What aiq-check found of an account's AIQ, as JSON and without a customer's data, and whether the account may go live.
create table first_contact (
  account_id    text primary key,
  progress      text,
  finished_at   bigint,
  waived_reason text
);
