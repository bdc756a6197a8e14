-- Old carts are gone; one that is being sent stays until that is over.
delete from cart where updated_at < :#cart_before and coalesce(send_status, '') not in ('WAITING', 'SENDING')
