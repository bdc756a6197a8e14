-- The order has the contact of its newest version that had one.
update shop_order set phone = :#phone, email = :#email, contact_version = :#version, contact_digest = :#digest, updated_at = :#now
 where connection = :#connection and order_id = :#order_id and (contact_version, contact_digest) < (:#version, :#digest)
   and (cast(:#phone as text) is not null or cast(:#email as text) is not null)
