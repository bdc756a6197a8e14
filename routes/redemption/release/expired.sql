-- What no sale completed in time is released; a sale completed before that and received later brings it back. Model paid: what has a standing order waits for its payment, and what had one that was deleted waits for a person.
update redemption set status = 'RELEASED', reason = 'expired', updated_at = :#now
 where status in ('QUEUED', 'SELECTED') and expires_at <= :#now
   and not (model = 'PAID' and exists (select 1 from redemption_order x where x.redemption_id = redemption.redemption_id and (x.standing = 1 or x.deleted = 1 and x.paid_once = 1)))
