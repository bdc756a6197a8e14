-- Every account and the zone in which its days end.
select account_id, zone from account order by account_id
