-- Nothing is changed: the accounts, how they stand, and how their last test ended.
select a.account_id, a.brand, a.uid, a.api_key_hint, a.country, a.zone, a.paused_reason, a.held_until, t.good
  from account a left join account_test t on t.account_id = a.account_id
 order by a.brand, a.account_id
