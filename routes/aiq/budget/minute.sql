-- The account used so many calls in this minute.
insert into budget_minute (account_id, minute, used) values (:#account_id, :#minute, :#used)
on conflict (account_id, minute) do update set used = excluded.used
