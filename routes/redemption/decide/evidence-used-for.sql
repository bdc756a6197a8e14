-- The redemption of ours that this row of AIQ's already stands for.
select subject_id from evidence where account_id = :#account_id and aiq_row = :#aiq_row
union select redemption_id from redemption where account_id = :#account_id and aiq_redemption_id = :#aiq_row and redemption_id <> :#redemption_id
