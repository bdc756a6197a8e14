-- The orders that say something which their redemptions do not show yet.
select x.connection, x.order_id from redemption r join redemption_order x on x.redemption_id = r.redemption_id
 where r.storefront is not null and r.order_id is null and r.status not in ('RELEASED', 'REJECTED') and r.reversal_wanted is null and (x.standing = 1 or x.paid_once = 1)
union select x.connection, x.order_id from redemption r join redemption_order x on x.redemption_id = r.redemption_id
 where r.status in ('QUEUED', 'SELECTED') and (x.standing = 0 and x.paid_once = 1 and x.deleted = 0 or x.paid = 1 and r.model = 'PAID' or x.completed = 1 and r.redeems = 'pos-native')
