-- The owner's side table aiq_points shows the points of the sale; 0 when they were given back.
insert into aiq_points (transaction_id, points) values (:#transaction_id, :#points) on conflict (transaction_id) do update set points = excluded.points
