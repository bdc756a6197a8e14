-- The redemption as it stands now, if it is of this connection, a till or a shop.
select r.redemption_id, r.model, r.status, r.note, r.discount_id, r.discount_name, r.pos_discount_id, r.points, r.transaction_id, r.cart_id, r.order_id, r.redeems, r.reason, r.aiq_redemption_id, r.queued_at,
       (select f.confirmed_by from confirmation f where f.connection = r.storefront and f.statement like 'redeems = ' || r.redeems || '%' and f.recorded_at <= r.queued_at order by f.recorded_at desc limit 1) as confirmed_by,
       r.next_attempt_at, a.paused_at, coalesce((select v.status from reversal v where v.redemption_id = r.redemption_id), case when r.reversal_wanted is not null and r.status not in ('RELEASED', 'REJECTED') then 'WANTED' end) as reversal
  from redemption r join account a on a.account_id = r.account_id where r.redemption_id = :#redemption_id and (r.connection = :#connection or r.storefront = :#connection)
