-- No other event of this connection is applied until this transaction ends: a cart and its order cannot miss each other. SQLite has one writer.
select 1 where :#connection is not null
