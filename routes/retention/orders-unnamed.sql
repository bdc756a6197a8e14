-- Old orders no longer say whose they were.
update shop_order set phone = null, email = null where updated_at < :#sale_before and (phone is not null or email is not null)
