-- Per till: when it was last asked, and what stands in the way.
select p.connection, p.polled_at, p.last_error, p.requests_error,
       (select count(*) from brake b where b.connection = p.connection and b.braked_at is not null) as braked,
       (select count(*) from write_back w where w.connection = p.connection and w.status = 'WANTED' and w.attempts > 0) as write_backs_failing,
       (select count(*) from pos_unread u where u.connection = p.connection) as unread,
       (select u.problem from pos_unread u where u.connection = p.connection order by u.seen_at desc, u.heard_at desc, u.transaction_id limit 1) as unread_row,
       (select count(*) from late_sale l where l.connection = p.connection and l.found_by <> 'id') as late_sales,
       (select count(*) from late_sale l where l.connection = p.connection and l.found_by = 'id') as unheard_sales,
       (select count(*) from pos_database d where d.connection = p.connection and d.doubted_at is not null) as doubted
  from pos_poll p
