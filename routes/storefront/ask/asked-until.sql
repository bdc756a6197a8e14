-- Up to when the shop was asked; no row before it was received or asked for the first time.
select asked_until from storefront_state where connection = :#connection
