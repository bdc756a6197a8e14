-- The orders that the redemption belongs to by now.
select x.connection, x.order_id from redemption_order x where x.redemption_id = :#redemption_id
