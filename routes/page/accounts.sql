-- Nothing is changed: the accounts, how they stand, how their last test ended, and how late AIQ's report was at most this week.
select a.account_id, a.brand, a.uid, a.api_key_hint, a.country, a.zone, a.paused_reason, a.held_until, a.carts_held_reason, a.resend_stopped_at, t.good,
       (select max(r.missing_at - r.ended_at) from attempt r where r.account_id = a.account_id and r.missing_at > :#now - 604800000 and r.shown_at is not null) as report_lag_ms
  from account a left join account_test t on t.account_id = a.account_id
 order by a.brand, a.account_id
