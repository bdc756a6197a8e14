-- No other event of this connection is applied until this transaction ends: a cart and its order cannot miss each other.
select pg_advisory_xact_lock(hashtextextended('cart ' || :#connection, 0))
