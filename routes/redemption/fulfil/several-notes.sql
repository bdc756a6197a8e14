-- The notes of more redemptions than a sale may have are on one sale: a person decides which of them it was.
update redemption set status = 'PARKED', reason = 'several-notes', last_error = 'More notes stand on the sale than a sale may redeem.', updated_at = :#now
 where connection = :#connection and status in ('QUEUED', 'SELECTED') and transaction_id is null
   and exists (select 1 from noted_sale t where t.connection = redemption.connection and t.location = redemption.location and t.note = redemption.note
                and t.completed_at > redemption.queued_at - :#skew_ms and (redemption.storefront is null and t.exact = 1 or t.completed_at <= redemption.expires_at)
                and cast(:#per_sale as integer) < (select count(distinct o.redemption_id) from sale_note n join redemption o on o.connection = n.connection and o.location = n.location and o.note = n.note
                     where n.connection = t.connection and n.location = t.location and n.transaction_id = t.transaction_id and t.completed_at > o.queued_at - :#skew_ms
                       and (n.exact = 1 or t.completed_at <= o.expires_at)
                       and (o.transaction_id is null and o.status in ('QUEUED', 'SELECTED') or o.transaction_id = t.transaction_id and o.status not in ('RELEASED', 'REJECTED'))))
