-- How late the account's report was at most this week, in milliseconds: how old something was that it did not show yet, and showed later.
select coalesce(max(a.missing_at - a.ended_at), 0) from account k join attempt a on a.account_id = k.account_id
 where k.account_id = :#account_id and a.missing_at is not null and a.shown_at is not null and a.missing_at > :#now - 604800000
