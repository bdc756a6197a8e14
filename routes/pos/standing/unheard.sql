-- The till has completed the sale that a redemption waits for, and nothing has read it. Where its row cannot be read, that is said already.
insert into late_sale (connection, location, transaction_id, found_by, completed_at, heard_at)
select :#connection, :#location, :#transaction_id, 'id', cast(null as bigint), :#now
 where :#state = 'completed'
   and not exists (select 1 from pos_transaction t where t.connection = :#connection and t.location = :#location and t.transaction_id = :#transaction_id)
   and not exists (select 1 from pos_unread u where u.connection = :#connection and u.kind = 'sale' and u.transaction_id = :#transaction_id)
on conflict (connection, location, transaction_id) do nothing
