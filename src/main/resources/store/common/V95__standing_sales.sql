-- How a till's sales that arrive late are read: the last arrival as of the sweep before the last one, and of the last one.
alter table pos_poll add column arrived_before bigint;
alter table pos_poll add column arrived_last bigint;

drop index pos_transaction_reference;
drop index sale_note_note;
create index pos_transaction_reference on pos_transaction (connection, location, reference) where reference is not null;
create index redemption_reversed_lately on redemption (connection, updated_at) where reversal_wanted is not null;
create index pos_transaction_ticket on pos_transaction (connection, location, ticket_number) where ticket_number is not null;
create index sale_note_note on sale_note (connection, location, note, transaction_id);

-- Each change of a sale's state, as it was heard.
create table sale_change (
  connection     text not null,
  location       text not null,
  transaction_id text not null,
  from_status    text not null,
  to_status      text not null,
  changed_at     bigint not null
);
create index sale_change_sale on sale_change (connection, location, transaction_id, changed_at);

-- A sale and another completed one that is probably the same, stored twice: it has its reference or its note, or the same known customer bought the same for the same money within two minutes.
-- Asked of one sale at a time, by a scalar subquery with limit 1, which both databases answer from that sale on.
create view twin_sale as
select t.connection, t.location, t.transaction_id, o.transaction_id as twin_id, o.heard_at as twin_heard_at
  from pos_transaction t cross join pos_transaction o
 where o.connection = t.connection and o.location = t.location and o.reference = t.reference and o.transaction_id <> t.transaction_id and o.status = 'COMPLETED' and o.total >= 0
union all
select n.connection, n.location, n.transaction_id, o.transaction_id, o.heard_at
  from sale_note n cross join sale_note m cross join pos_transaction o
 where m.connection = n.connection and m.location = n.location and m.note = n.note and m.transaction_id <> n.transaction_id
   and o.connection = m.connection and o.location = m.location and o.transaction_id = m.transaction_id and o.status = 'COMPLETED' and o.total >= 0
union all
select t.connection, t.location, t.transaction_id, o.transaction_id, o.heard_at
  from pos_transaction t cross join pos_transaction o
 where o.connection = t.connection and o.completed_at between t.completed_at - 120000 and t.completed_at + 120000 and o.location = t.location
   and o.transaction_id <> t.transaction_id and o.status = 'COMPLETED' and o.total > 0 and o.total = t.total and o.goods = t.goods
   and (o.customer_id = t.customer_id or o.phone = t.phone or o.email = t.email);

-- What took the place of a sale that was deleted: a completed one that was heard later and bears its note, or its printed number, its customer and its total.
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
   and s.total = d.total and coalesce(s.customer_id, s.phone, s.email, '') = coalesce(d.customer_id, d.phone, d.email, '');

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
