-- Old idempotency keys are gone, those of open redemptions stay.
delete from idempotency_key where created_at < :#idempotency_before
   and not exists (select 1 from redemption r where r.redemption_id = idempotency_key.redemption_id and r.status not in ('EXECUTED', 'REJECTED', 'RELEASED'))
