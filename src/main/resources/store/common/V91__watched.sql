-- What AIQ's report has not shown yet, and how late it was.
create index attempt_unshown on attempt (account_id, started_at) where outcome = 'EXECUTED' and shown_at is null;
create index attempt_missing on attempt (account_id, missing_at) where missing_at is not null;
