-- The account's report was asked for: not again soon, unless something is unclear.
update account set report_read_at = :#now where account_id = :#account_id
