-- The wallet session, if the caller opened it and it has not expired.
select s.customer_key, s.points, s.discounts, s.opened_at, c.contact_id from wallet_session s join contact c on c.customer_key = s.customer_key
 where s.session_id = :#session_id and s.connection = :#caller and s.expires_at > :#now
