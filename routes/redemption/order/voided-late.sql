-- What an order reversed while it was being sent, and was not sent after all, is released.
update redemption set status = 'RELEASED', reason = reversal_wanted, updated_at = :#now where storefront is not null and status = 'DUE' and reversal_wanted is not null
