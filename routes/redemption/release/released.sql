-- The caller gave it up before its sale was completed or its order paid, after that the customer has the discount; or a shop before it was sent.
update redemption set status = 'RELEASED', reason = 'by the caller', updated_at = :#now
 where redemption_id = :#redemption_id and (connection = :#connection or storefront = :#connection) and (status in ('QUEUED', 'SELECTED') or status = 'DUE' and model = 'IMMEDIATE')
   and not exists (select 1 from completed_sale t where t.connection = redemption.connection and t.location = redemption.location
                    and (t.transaction_id = redemption.transaction_id or redemption.transaction_id is null and t.transaction_id in (
                        select n.transaction_id from sale_note n where n.connection = redemption.connection and n.location = redemption.location and n.note = redemption.note))
                                 and t.completed_at > redemption.queued_at - :#skew_ms)
   and not exists (select 1 from redemption_order x where x.redemption_id = redemption.redemption_id and redemption.model = 'PAID' and x.standing = 1 and x.paid = 1)
