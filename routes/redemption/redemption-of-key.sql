-- The redemption as it stands now, by the request key that made it.
select r.redemption_id, r.status, r.note, r.discount_id, r.discount_name, r.pos_discount_id, r.points, r.transaction_id, r.reason, r.aiq_redemption_id, r.queued_at,
       (select v.status from reversal v where v.redemption_id = r.redemption_id) as reversal
  from redemption r join idempotency_key k on k.redemption_id = r.redemption_id where k.connection = :#connection and k.request_key = :#request_key
