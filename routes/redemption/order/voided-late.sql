-- What an order reversed while it was being sent, and was not sent after all, is released; where the order was only deleted after it was paid, a person decides.
update redemption set status = case when reversal_wanted = 'order deleted' then 'PARKED' else 'RELEASED' end, reason = case when reversal_wanted = 'order deleted' then 'order-deleted' else reversal_wanted end,
       reversal_wanted = case when reversal_wanted = 'order deleted' then null else reversal_wanted end, updated_at = :#now
 where storefront is not null and status = 'DUE' and reversal_wanted is not null
