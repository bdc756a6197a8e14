-- Up to when each list of the shop was asked, and the shop as a whole, for lists that never were; no row before it was asked for the first time.
select list, asked_until from storefront_list where connection = :#connection
union all select null, asked_until from storefront_state where connection = :#connection and asked_until is not null
