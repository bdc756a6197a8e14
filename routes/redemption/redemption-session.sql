-- The wallet session, if it is of this connection and has not expired.
select s.customer_key, s.points, s.discounts, s.opened_at, c.contact_id from wallet_session s join contact c on c.customer_key = s.customer_key
 where s.session_id = :#session_id and s.connection = :#connection and s.expires_at > :#now
