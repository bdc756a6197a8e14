-- The shop gives no discount for it: what was or may have been taken is to be given back, unless its order is known by now.
update redemption set reversal_wanted = 'released by the shop', updated_at = :#now
 where redemption_id = :#redemption_id and storefront = :#connection and model = 'IMMEDIATE' and reversal_wanted is null
   and (status in ('EXECUTING', 'UNKNOWN') or status = 'EXECUTED' and not exists (select 1 from redemption_order x where x.redemption_id = redemption.redemption_id))
