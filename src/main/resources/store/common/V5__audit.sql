-- Append-only: what people did, and why. actor: who (a user of the page, or the operator's login of a command); note: in their own words.
create table audit (
  audit_id    ${identity},
  happened_at bigint not null,
  actor       text not null,
  action      text not null,
  subject     text not null,
  note        text
);
create index audit_subject on audit (subject, happened_at);
