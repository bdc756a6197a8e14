-- The redemption as it stands now, if it is of this connection.
select r.redemption_id, r.status, r.note, r.discount_id, r.discount_name, r.pos_discount_id, r.points, r.transaction_id, r.reason, r.aiq_redemption_id, r.queued_at,
       (select v.status from reversal v where v.redemption_id = r.redemption_id) as reversal
  from redemption r where r.redemption_id = :#redemption_id and r.connection = :#connection
