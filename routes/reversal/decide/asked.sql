-- The reversal that a person asked for is wanted; one of a redemption from before a restore may have been sent then: evidence first.
insert into reversal (reversal_id, redemption_id, account_id, connection, status, unknown_since, kind, method, reference, next_attempt_at, created_at, updated_at)
select 'v-' || r.redemption_id, r.redemption_id, r.account_id, r.connection, case when exists (select 1 from installation i where i.restored_at >= r.created_at) then 'UNKNOWN' else 'WANTED' end, :#now,
       r.reversal_wanted, case when r.aiq_redemption_id is null then 'ADJUSTMENT' else 'REVERSAL' end, 'aiq-bridge ' || r.redemption_id, :#now, :#now, :#now
  from redemption r where r.redemption_id = :#redemption_id and r.status = 'EXECUTED'
