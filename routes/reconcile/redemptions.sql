-- The account's redemptions that AIQ may have taken on these days, whatever became of them here.
select r.redemption_id, r.connection, r.location, r.transaction_id, r.order_id, r.model, r.redeems, r.status, r.reason, r.contact_id, r.discount_id, r.points, r.aiq_redemption_id, r.queued_at, r.updated_at, r.completed_at
  from redemption r where r.account_id = :#account_id and r.queued_at >= :#queued_from and r.queued_at < :#to
