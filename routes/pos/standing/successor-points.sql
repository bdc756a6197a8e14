-- The points of the redemption that moves are to be shown on the sale that took the place of the deleted one.
update write_back set status = 'WANTED', attempts = 0, next_attempt_at = :#now, updated_at = :#now,
       transaction_id = (select m.successor_id from moved_redemption m where m.redemption_id = write_back.redemption_id and m.connection = :#connection and m.location = :#location and m.transaction_id = :#transaction_id)
 where redemption_id in (select m.redemption_id from moved_redemption m where m.connection = :#connection and m.location = :#location and m.transaction_id = :#transaction_id and :#state = 'gone')
