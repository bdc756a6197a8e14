-- The audit is read by time, by who, by what and by subject, the newest first.
drop index audit_subject;
create index audit_subject on audit (subject, happened_at, audit_id);
create index audit_actor on audit (actor, happened_at, audit_id);
create index audit_action on audit (action, happened_at, audit_id);
create index audit_time on audit (happened_at, audit_id);
