-- Nothing is changed: the state of each till.
select p.connection, p.polled_at, p.last_error, p.requests_error, (select max(t.completed_at) from pos_transaction t where t.connection = p.connection) as last_sale_at
  from pos_poll p
