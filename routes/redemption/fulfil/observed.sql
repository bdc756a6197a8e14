-- What a live connection would send now; nothing is sent.
insert into observation (redemption_id, connection, would, observed_at)
select r.redemption_id, r.connection, 'redeem', :#now from redemption r
  join completed_sale t on t.connection = r.connection and t.location = r.location and t.transaction_id = r.transaction_id
 where r.connection = :#connection and r.status in ('QUEUED', 'SELECTED') and t.completed_at > r.queued_at - :#skew_ms
on conflict do nothing
