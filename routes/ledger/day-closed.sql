-- The day is closed.
insert into ledger_day (account_id, day_number, local_date, entries, points_redeemed, points_reversed, money, without_money, previous_digest, digest, closed_at)
values (:#account_id, :#day_number, :#local_date, :#entries, :#points_redeemed, :#points_reversed, :#money, :#without_money, :#previous_digest, :#digest, :#closed_at)
