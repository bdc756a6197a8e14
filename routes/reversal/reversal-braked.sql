-- The brake holds: more was taken back in an hour than a shop does; people are told, nothing is reversed until they look.
update pos_poll set braked_at = :#now, updated_at = :#now
 where connection = :#connection and braked_at is null and (select count(*) from reversal v where v.connection = :#connection and v.created_at > :#now - 3600000)
     + (select count(*) from redemption p where p.connection = :#connection and p.status = 'EXECUTED' and p.reversal_wanted is not null
           and not exists (select 1 from reversal x where x.redemption_id = p.redemption_id)) > cast(:#brake as integer)
