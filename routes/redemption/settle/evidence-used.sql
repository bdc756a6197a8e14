-- The rows of AIQ's that already stand for something of ours.
select aiq_row from evidence where account_id = :#account_id
union select aiq_redemption_id from redemption where account_id = :#account_id and status = 'EXECUTED' and aiq_redemption_id is not null and updated_at > :#now - 2592000000
