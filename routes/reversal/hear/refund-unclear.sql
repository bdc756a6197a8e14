-- A refund came in of which the make cannot tell the sale: each redemption of the sales that it may be of is flagged, nothing is given back.
update redemption set flag = 'refund-unclear', flag_looked_at = null, updated_at = :#now
 where connection = :#connection and status not in ('RELEASED', 'REJECTED') and redemption_id in (
    select r.redemption_id from pos_reversal v cross join redemption r
     where v.connection = :#connection and v.status = 'HEARD' and v.candidates is not null and r.connection = v.connection and r.location = v.location and r.queued_at > v.reversed_at - 7776000000
       and replace(v.candidates, ',' || r.transaction_id || ',', '') <> v.candidates)
