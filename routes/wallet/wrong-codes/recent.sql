-- The connection's wrong codes that tell what it may try now: the newest of all, and the newest at this customer.
select subject, tried_at from wrong_code where try_id in (
    select n.try_id from (select try_id from wrong_code where connection = :#connection order by tried_at desc limit :#of_key) n
    union
    select c.try_id from (select try_id from wrong_code where connection = :#connection and subject in (:#in:subjects) order by tried_at desc limit :#of_customer) c)
 order by tried_at desc
