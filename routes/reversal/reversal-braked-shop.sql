-- The same brake holds for a shop.
insert into storefront_state (connection, braked_at, updated_at)
select :#connection, :#now, :#now where exists (select 1 from redemption s where s.storefront = :#connection)
   and (select count(*) from reversal v where v.connection = :#connection and v.created_at > :#now - 3600000)
     + (select count(*) from redemption p where p.connection = :#connection and p.status = 'EXECUTED' and p.reversal_wanted is not null
           and not exists (select 1 from reversal x where x.redemption_id = p.redemption_id)) > cast(:#brake as integer)
on conflict (connection) do update set braked_at = coalesce(storefront_state.braked_at, excluded.braked_at), updated_at = excluded.updated_at
