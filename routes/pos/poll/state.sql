-- Where the connection's polling stands; no row before its first poll.
select watermark, swept_at, arrived_before from pos_poll where connection = :#connection
