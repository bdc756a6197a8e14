-- A deleted sale whose place another one took, and no third: its redemption belongs to that one now.
update redemption set updated_at = :#now, transaction_id = (select m.successor_id from moved_redemption m where m.redemption_id = redemption.redemption_id and m.connection = :#connection and m.location = :#location and m.transaction_id = :#transaction_id)
 where redemption_id in (select m.redemption_id from moved_redemption m where m.connection = :#connection and m.location = :#location and m.transaction_id = :#transaction_id and :#state = 'gone')
