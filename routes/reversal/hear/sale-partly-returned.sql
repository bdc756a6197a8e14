-- A part of the sale came back: the redemption stays, with a flag for people, anew for each part; where partial returns are parked, a person decides on a reversal.
update redemption set flag = 'partly-returned', flag_looked_at = null, updated_at = :#now,
       reversal_wanted = case when :#partial = 'park' and status = 'EXECUTED' and reversal_wanted is null then 'sale partly returned' else reversal_wanted end
 where connection = :#connection and status not in ('RELEASED', 'REJECTED') and (location, transaction_id) in (
    select t.location, t.transaction_id from pos_reversal v join pos_transaction t on t.connection = v.connection and t.location = v.location and t.transaction_id = v.original_transaction_id
     where v.connection = :#connection and v.status = 'HEARD' and t.status = 'COMPLETED' and v.kind = 'return' and (v.whole = 0 or v.whole is null and v.amount < t.total - 0.005))
