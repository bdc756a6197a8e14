-- The customer is known by one surrogate per account, with the latest phone and e-mail.
insert into contact (customer_key, account_id, identity, contact_id, phone, email, created_at, updated_at)
values (:#new_customer_key, :#account_id, :#identity, :#contact_id, :#phone, :#email, :#now, :#now)
on conflict (account_id, identity) do update set
  phone = coalesce(excluded.phone, contact.phone), email = coalesce(excluded.email, contact.email), updated_at = excluded.updated_at
returning customer_key
