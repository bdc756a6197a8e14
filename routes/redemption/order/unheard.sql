-- For a day it could not be found out whether an order stands for it: a person looks, nothing is given back without one.
update redemption set flag = 'order-unheard', updated_at = :#now
 where status = 'EXECUTED' and storefront = :#connection and order_id is null and reversal_wanted is null and model = 'IMMEDIATE' and updated_at <= :#now - cast(:#unheard_ms as bigint)
   and coalesce(flag, '') <> 'order-unheard'
