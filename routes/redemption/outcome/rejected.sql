-- Wallet after wallet spoke against it, and nothing was sent: the customer has the discount and the points were not taken; never silent.
update redemption set status = 'REJECTED', reason = :#reason, last_error = :#detail, lease_owner = null, lease_until = null, updated_at = :#now
 where redemption_id = :#redemption_id and status = 'EXECUTING' and fence = :#fence
