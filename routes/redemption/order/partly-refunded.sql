-- A part of the order was refunded: the redemption stays, with a flag for people; where partial returns are parked, a person decides on a reversal.
update redemption set flag = 'partly-refunded', updated_at = :#now,
       reversal_wanted = case when :#partial = 'park' and status = 'EXECUTED' and reversal_wanted is null then 'order partly refunded' else reversal_wanted end
 where (flag is null or flag <> 'partly-refunded') and status not in ('RELEASED', 'REJECTED')
   and redemption_id in (select x.redemption_id from redemption_order x where x.connection = :#connection and x.order_id = :#order_id and x.standing = 1 and x.refunded = 1)
