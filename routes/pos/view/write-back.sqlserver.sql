-- The owner's side table aiq_points shows the points of the sale; 0 when they were given back.
merge into aiq_points as p using (select cast(:#transaction_id as varchar(128)) as transaction_id, cast(:#points as decimal(14,3)) as points) as s on p.transaction_id = s.transaction_id
when matched then update set points = s.points when not matched then insert (transaction_id, points) values (s.transaction_id, s.points);
