-- A refund came in of which the make cannot tell the sale: each redemption of the sales that it may be of is flagged, nothing is given back.
update redemption set flag = 'refund-unclear', flag_looked_at = null, updated_at = :#now
 where connection = :#connection and transaction_id is not null and status not in ('RELEASED', 'REJECTED')
   and exists (select 1 from pos_reversal v where v.connection = :#connection and v.status = 'HEARD' and v.candidates is not null and v.location = redemption.location
                 and replace(v.candidates, ',' || redemption.transaction_id || ',', '') <> v.candidates)
