-- Redemptions that may be sent: due, not wanted back, their sale still completed or their order still paid, and nothing stops them. What stops a redemption stands in stopped_redemption too;
-- here it is asked of the row that is at hand: looking each up once more doubled what a claim among many costs.
drop view sendable;
create view sendable as
select r.redemption_id, r.account_id, r.contact_id, r.next_attempt_at from redemption r
 where r.status = 'DUE' and r.reversal_wanted is null
   and (r.model in ('POS', 'INFORMATIONAL') and exists (select 1 from completed_sale t where t.connection = r.connection and t.location = r.location
          and t.transaction_id = r.transaction_id)
     or r.model = 'PAID' and exists (select 1 from redemption_order x where x.redemption_id = r.redemption_id and x.standing = 1 and x.paid = 1))
   and not exists (select 1 from stop s where s.lifted_at is null
                 and (s.scope = 'EVERYTHING' or s.scope = 'ACCOUNT' and s.name = r.account_id or s.scope = 'CONNECTION' and (s.name = r.connection or s.name = r.storefront)));
