-- What AIQ's clock showed when the attempt began, as far as its answers told; its lists bear its own times.
alter table attempt add column aiq_started_at bigint;
