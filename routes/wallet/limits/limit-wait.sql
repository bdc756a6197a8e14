-- How many milliseconds it takes until the limit grants another use; 0 when it does now.
select coalesce(max(u.used_at) + :#window_ms - :#now, 0) as wait
  from (select used_at, sum(used) over (order by used_at desc) as newer from request_limit
         where scope = :#scope and subject = :#subject and used_at + :#window_ms > :#now) u
 where u.newer >= :#most
