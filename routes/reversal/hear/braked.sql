-- The brake holds: there were more reversals in an hour than a shop makes; people are told, nothing is reversed until one of them releases it.
insert into brake (connection, braked_at, updated_at)
select :#connection, :#now, :#now where (select count(*) from reversal v where v.connection = :#connection and v.created_at > :#now - 3600000)
     + (select count(*) from redemption p where p.connection = :#connection and p.status = 'EXECUTED' and p.reversal_wanted is not null
           and not exists (select 1 from reversal x where x.redemption_id = p.redemption_id)) > cast(:#brake as integer)
on conflict (connection) do update set braked_at = excluded.braked_at, updated_at = excluded.updated_at
 where brake.braked_at is null and coalesce(brake.released_at, 0) <= excluded.braked_at - 3600000
