-- Nothing is changed: the state of each till.
select p.connection, p.polled_at, p.last_error, p.requests_error, (select max(t.completed_at) from pos_transaction t where t.connection = p.connection) as last_sale_at,
       (select count(*) from pos_unread u where u.connection = p.connection) as unread,
       (select u.problem from pos_unread u where u.connection = p.connection order by u.seen_at desc, u.heard_at desc, u.transaction_id limit 1) as unread_row
  from pos_poll p
