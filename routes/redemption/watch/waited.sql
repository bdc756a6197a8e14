-- How long the last redemptions of the connection waited for their sale or order, and from then on until AIQ took their points.
select r.model, r.due_at - r.queued_at as for_sale_ms, l.happened_at - r.due_at as to_send_ms
  from ledger l join redemption r on r.redemption_id = l.redemption_id
 where l.connection = :#connection and l.kind = 'REDEEMED' order by l.happened_at desc limit 200
