-- The audit log says to which sale the redemption of a deleted one moves.
insert into audit (happened_at, actor, action, subject, note)
select :#now, 'till ' || m.connection, 'redemption-moved', m.redemption_id, 'sale ' || m.transaction_id || ' was deleted; sale ' || m.successor_id || ' took its place'
  from moved_redemption m where m.connection = :#connection and m.location = :#location and m.transaction_id = :#transaction_id and :#state = 'gone'
