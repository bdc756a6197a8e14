-- This list of the shop was asked for everything up to then.
insert into storefront_list (connection, list, asked_until, updated_at) values (:#connection, :#list, :#asked_until, :#now)
on conflict (connection, list) do update set updated_at = excluded.updated_at,
  asked_until = case when storefront_list.asked_until < excluded.asked_until then excluded.asked_until else storefront_list.asked_until end
