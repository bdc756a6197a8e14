-- A discount that the completed sale does not show is flagged, or parked where the connection wants a person to look; also one that has just come back.
update redemption set status = case when :#discount_seen = 'park' then 'PARKED' else status end, reason = case when :#discount_seen = 'park' then 'discount-not-on-sale' else reason end,
       flag = 'discount-not-on-sale', last_error = 'The completed sale does not show the discount that was chosen.', updated_at = :#now
 where connection = :#connection and status in ('QUEUED', 'SELECTED', 'DUE') and (status <> 'DUE' or due_at = :#now) and (flag is null or flag <> 'discount-not-on-sale')
   and exists (select 1 from completed_sale t where t.connection = redemption.connection and t.location = redemption.location and t.transaction_id = redemption.transaction_id
                and t.completed_at > redemption.queued_at - :#skew_ms
                and ((t.discount_ids is not null and replace(',' || replace(t.discount_ids, ' ', '') || ',', ',' || coalesce(redemption.pos_discount_id, redemption.discount_id) || ',', '') = ',' || replace(t.discount_ids, ' ', '') || ','
                     and replace(',' || replace(t.discount_ids, ' ', '') || ',', ',' || redemption.discount_id || ',', '') = ',' || replace(t.discount_ids, ' ', '') || ',')
                  or (t.discount_ids is null and t.discount_total = 0)))
