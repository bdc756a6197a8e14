-- What comes back for an order that the bridge may have received before its database was restored may have been sent then: evidence first.
update redemption set status = 'UNKNOWN', restored_from = 'DUE', unknown_since = :#now, last_error = 'the database was restored', updated_at = :#now
 where status = 'DUE' and model = 'PAID' and due_at = :#now and expires_at <= :#now and redemption_id in (select x.redemption_id from redemption_order x where x.connection = :#connection and x.order_id = :#order_id)
   and exists (select 1 from installation i where i.restored_at >= redemption.created_at)
