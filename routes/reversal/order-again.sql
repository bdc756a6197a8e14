-- An order came, or stands again, before its points went back: a person decides.
update reversal set status = 'PARKED', reason = 'order-again', last_error = 'An order arrived, or became active again, after its points were due to be given back.', updated_at = :#now
 where status = 'WANTED' and redemption_id in (select x.redemption_id from redemption_order x where x.connection = :#connection and x.order_id = :#order_id and x.standing = 1)
   and exists (select 1 from redemption r where r.redemption_id = reversal.redemption_id and r.reversal_wanted in ('order cancelled', 'order deleted', 'no order') and (r.flag is null or r.flag <> 'order-again'))
