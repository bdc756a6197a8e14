-- The shop was asked for everything up to then; since when without a gap, is kept.
insert into storefront_state (connection, polled_at, asked_from, asked_until, updated_at) values (:#connection, :#now, :#asked_from, :#asked_until, :#now)
on conflict (connection) do update set polled_at = excluded.polled_at, last_error = null, updated_at = excluded.updated_at, asked_from = coalesce(storefront_state.asked_from, excluded.asked_from),
  asked_until = case when storefront_state.asked_until is null or storefront_state.asked_until < excluded.asked_until then excluded.asked_until else storefront_state.asked_until end
