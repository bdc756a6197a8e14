-- Whether another state of the order with the same time of change was told before: which of the two is newer, only the shop knows.
select case when exists (select 1 from shop_order o where o.connection = :#connection and o.order_id = :#order_id and o.changed_at = :#changed_at and o.digest <> :#digest) then 1 else 0 end
