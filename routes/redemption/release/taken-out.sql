-- The shop gives no discount for it: what was or may have been taken is to be given back, unless its order stands, or did once it was paid.
update redemption set reversal_wanted = 'released by the shop', updated_at = :#now
 where redemption_id = :#redemption_id and storefront = :#connection and model = 'IMMEDIATE' and reversal_wanted is null
   and (status in ('EXECUTING', 'UNKNOWN') or status = 'EXECUTED' and not exists (select 1 from redemption_order x where x.redemption_id = redemption.redemption_id and (x.standing = 1 or x.paid_once = 1)))
