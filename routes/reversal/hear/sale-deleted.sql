-- A sale that was seen in the till's database once and that sweep after sweep no longer saw, while its neighbours were seen, was deleted.
update pos_transaction set status = case when missed_sweeps + 1 >= cast(:#deleted_after_sweeps as integer) then 'DELETED' else status end, missed_sweeps = missed_sweeps + 1, reversed_at = :#now, updated_at = :#now
 where connection = :#connection and status = 'COMPLETED' and completed_at > :#from and completed_at <= :#pos_now and seen_at > 0 and seen_at < :#began_at and :#sweep = 1 and :#unreadable = 0
   and exists (select 1 from pos_transaction n where n.connection = :#connection and n.completed_at > :#from and n.seen_at >= :#began_at)
