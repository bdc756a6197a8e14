-- What an operator wants to know of carts.
select (select count(*) from cart where status = 'ABANDONED' and send_status = 'WAITING') as waiting, (select count(*) from cart where send_status = 'SENDING') as sending
