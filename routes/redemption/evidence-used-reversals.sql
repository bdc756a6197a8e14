-- The rows of AIQ's that already stand for a reversal of ours.
select aiq_row from evidence where account_id = :#account_id and source = 'reversal'
