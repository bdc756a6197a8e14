-- The till itself has redeemed by now what we only recorded.
update redemption set status = 'RELEASED', reason = 'redeemed by the till itself', updated_at = :#now where status = 'SELECTED' and redeems = 'pos-native' and redemption_id in (select x.redemption_id from redemption_order x where x.connection = :#connection and x.order_id = :#order_id and x.completed = 1)
