-- Old sales no longer say whose they were.
update pos_transaction set phone = null, email = null, customer_id = null where updated_at < :#sale_before and completed_at < :#sale_before and (phone is not null or email is not null or customer_id is not null)
