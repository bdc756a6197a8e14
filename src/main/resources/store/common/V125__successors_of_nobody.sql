-- What took the place of a sale that was deleted: a completed one that was heard later and bears its note, or its printed number, its customer and its total. Of two sales of nobody in particular, one that was
-- made within a day and sold the same: numbers are given again.
drop view moved_redemption;
drop view successor_sale;
create view successor_sale as
select d.connection, d.location, d.transaction_id, s.transaction_id as successor_id
  from pos_transaction d cross join sale_note n cross join sale_note m cross join pos_transaction s
 where d.status = 'DELETED' and n.connection = d.connection and n.location = d.location and n.transaction_id = d.transaction_id
   and m.connection = n.connection and m.location = n.location and m.note = n.note and m.transaction_id <> n.transaction_id
   and s.connection = m.connection and s.location = m.location and s.transaction_id = m.transaction_id and s.status = 'COMPLETED' and s.total >= 0 and s.heard_at > d.heard_at
union all
select d.connection, d.location, d.transaction_id, s.transaction_id
  from pos_transaction d cross join pos_transaction s
 where d.status = 'DELETED' and s.connection = d.connection and s.location = d.location and s.ticket_number = d.ticket_number
   and s.transaction_id <> d.transaction_id and s.status = 'COMPLETED' and s.total >= 0 and s.heard_at > d.heard_at
   and s.total = d.total
   and (coalesce(s.customer_id, s.phone, s.email) = coalesce(d.customer_id, d.phone, d.email)
     or coalesce(s.customer_id, s.phone, s.email, d.customer_id, d.phone, d.email) is null and s.goods = d.goods and s.completed_at < d.completed_at + 86400000);

-- The redemption of a deleted sale that exactly one other sale took the place of, where that one has none of the same discount.
create view moved_redemption as
select m.redemption_id, m.connection, m.location, m.transaction_id, m.successor_id
  from (select r.redemption_id, d.connection, d.location, d.transaction_id, r.discount_id,
               (select w.successor_id from successor_sale w where w.connection = d.connection and w.location = d.location and w.transaction_id = d.transaction_id limit 1) as successor_id
          from pos_transaction d cross join redemption r
         where d.status = 'DELETED' and r.connection = d.connection and r.location = d.location and r.transaction_id = d.transaction_id
           and r.status in ('DUE', 'EXECUTING', 'UNKNOWN', 'PARKED', 'EXECUTED')) m
 where m.successor_id is not null
   and (select w.successor_id from successor_sale w where w.connection = m.connection and w.location = m.location and w.transaction_id = m.transaction_id and w.successor_id <> m.successor_id limit 1) is null
   and not exists (select 1 from redemption o where o.connection = m.connection and o.location = m.location and o.transaction_id = m.successor_id and o.discount_id = m.discount_id and o.status <> 'RELEASED');
