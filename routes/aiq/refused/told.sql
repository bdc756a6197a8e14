-- The audit log says that the bridge paused the account, or let it go on.
insert into audit (happened_at, actor, action, subject, note) values (:#now, 'bridge', :#action, :#account_id, :#note)
