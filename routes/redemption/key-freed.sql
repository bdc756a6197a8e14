-- The same request may be made again, if what it made was not sent.
delete from idempotency_key where redemption_id = :#redemption_id
   and exists (select 1 from redemption r where r.redemption_id = :#redemption_id and r.status = 'RELEASED' and r.reason = 'not sent')
