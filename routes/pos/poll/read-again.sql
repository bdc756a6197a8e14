-- What was read in the meantime is no longer among the rows that cannot be; nor is what no poll has given for a week.
delete from pos_unread where connection = :#connection and seen_at < :#began_at and (seen_at < :#began_at - 604800000
   or kind = 'sale' and exists (select 1 from pos_transaction t where t.connection = pos_unread.connection and t.transaction_id = pos_unread.transaction_id and t.updated_at >= :#began_at)
   or kind = 'reversal' and exists (select 1 from pos_reversal v where v.connection = pos_unread.connection and v.transaction_id = pos_unread.transaction_id))
