-- The completed sales of a redemption that has none: those that bear its note, and those of its customer since it was chosen.
select t.transaction_id, t.completed_at, t.total, t.employee, 1 as bears_note
  from redemption r join sale_note n on n.connection = r.connection and n.location = r.location and n.note = r.note
  join completed_sale t on t.connection = n.connection and t.location = n.location and t.transaction_id = n.transaction_id
 where r.redemption_id = :#redemption_id and r.transaction_id is null
union
select t.transaction_id, t.completed_at, t.total, t.employee, case when t.note like '%' || r.note || '%' then 1 else 0 end as bears_note
  from redemption r join contact c on c.customer_key = r.customer_key
  join completed_sale t on t.connection = r.connection and t.location = r.location and t.discount_ids is not null and t.phone = c.phone
               and t.completed_at > r.queued_at
 where r.redemption_id = :#redemption_id and r.transaction_id is null
 order by 2, 1 limit 20
