-- A waiting redemption whose sale the till has under another spelling of its id alone, one sale and no second, has that sale's id; of several, a person decides.
update redemption set updated_at = :#now,
       status = case when j.ways = 1 then status else 'PARKED' end,
       reason = case when j.ways = 1 then reason else 'several-sales' end,
       last_error = case when j.ways = 1 then last_error else 'More than one sale has this id, spelled differently.' end,
       transaction_id = case when j.ways = 1 then j.transaction_id else redemption.transaction_id end
  from (select r.redemption_id, min(t.transaction_id) as transaction_id, count(*) as ways
          from redemption r join pos_transaction t on t.connection = r.connection and t.location = r.location and t.spelling = r.transaction_spelling and t.status = 'COMPLETED' and t.total >= 0
         where r.connection = :#connection and r.status in ('QUEUED', 'SELECTED') and r.transaction_spelling is not null and t.completed_at > r.queued_at - :#skew_ms
           and not exists (select 1 from pos_transaction x where x.connection = r.connection and x.location = r.location and x.transaction_id = r.transaction_id)
         group by r.redemption_id) j
 where j.redemption_id = redemption.redemption_id and redemption.status in ('QUEUED', 'SELECTED')
   and not exists (select 1 from redemption o where o.connection = redemption.connection and o.location = redemption.location and o.transaction_id = j.transaction_id
                     and o.discount_id = redemption.discount_id and o.status <> 'RELEASED' and o.redemption_id <> redemption.redemption_id)
