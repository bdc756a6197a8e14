-- What was redeemed at once and no order followed in time must be reversed.
update redemption set reversal_wanted = 'no order', updated_at = :#now
 where status = 'EXECUTED' and storefront is not null and order_id is null and reversal_wanted is null and model = 'IMMEDIATE' and updated_at <= :#now - cast(:#orphan_ms as bigint)
   and not exists (select 1 from redemption_order x where x.redemption_id = redemption.redemption_id)
