-- The connection was polled; the watermark never goes back and never past the till database's own clock.
insert into pos_poll (connection, watermark, swept_at, polled_at, last_error, arrived_last, listened_since, updated_at)
values (:#connection, :#highest, case when :#sweep = 1 or :#first = 1 then :#began_at else 0 end, :#began_at, null, :#arrived, :#from, :#now)
on conflict (connection) do update set
  watermark = case when excluded.watermark > pos_poll.watermark then excluded.watermark else pos_poll.watermark end,
  swept_at = case when excluded.swept_at > 0 then excluded.swept_at else pos_poll.swept_at end,
  arrived_before = case when :#sweep = 1 then coalesce(pos_poll.arrived_last, excluded.arrived_last) else pos_poll.arrived_before end,
  arrived_last = case when :#sweep = 1 or pos_poll.arrived_last is null then coalesce(excluded.arrived_last, pos_poll.arrived_last) else pos_poll.arrived_last end,
  listened_since = case when :#first = 1 then coalesce(pos_poll.listened_since, excluded.listened_since) else pos_poll.listened_since end,
  polled_at = excluded.polled_at, last_error = excluded.last_error, updated_at = excluded.updated_at
