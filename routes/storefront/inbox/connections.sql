-- Every connection of which something waits now; read along the index, whatever the length of the queue.
with recursive waiting (connection) as (
  select min(connection) from inbox where status = 'HEARD'
  union all
  select (select min(i.connection) from inbox i where i.status = 'HEARD' and i.connection > waiting.connection) from waiting where waiting.connection is not null)
select w.connection from waiting w where w.connection is not null
   and exists (select 1 from inbox i where i.connection = w.connection and i.status = 'HEARD' and i.next_attempt_at <= :#now)
