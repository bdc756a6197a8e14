-- Per connection: the wrong codes of the last day and of the last thirty, all of them and the most at one customer.
select account_id, connection, cast(sum(day) as bigint) as day, cast(sum(month) as bigint) as month, max(day) as most_day, max(month) as most_month
  from (select account_id, connection, subject, count(*) as month, sum(case when tried_at > :#now - 86400000 then 1 else 0 end) as day
          from wrong_code where tried_at > :#now - 2592000000 group by account_id, connection, subject) c
 group by account_id, connection
