-- The sale was first read after the time in which the polls should have read it. What was completed before the till was ever read is history.
insert into late_sale (connection, location, transaction_id, found_by, completed_at, heard_at)
select :#connection, :#location, :#transaction_id, :#found_by, :#completed_at, :#now
 where exists (select 1 from pos_transaction t where t.connection = :#connection and t.location = :#location and t.transaction_id = :#transaction_id and t.heard_at >= :#began_at)
   and (:#found_by = 'arrival' or :#changed_at >= coalesce((select p.listened_since from pos_poll p where p.connection = :#connection), 0))
on conflict (connection, location, transaction_id) do update set found_by = excluded.found_by, completed_at = excluded.completed_at where late_sale.found_by = 'id'
