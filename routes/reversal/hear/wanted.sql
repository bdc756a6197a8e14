-- Each executed redemption whose sale or order was reversed has its reversal, while the till or shop reverses no more than the brake allows in an hour.
-- Without AIQ's id of the contact nobody can be given points, with the same sale stored twice the customer may keep the discount, and of several sales in the place of a deleted one it is not known which:
-- a person looks.
-- One of a redemption from before a restore may have been sent then, unless the sale was reversed later: evidence first.
insert into reversal (reversal_id, redemption_id, account_id, connection, status, unknown_since, kind, method, reason, reference, next_attempt_at, created_at, updated_at)
select 'v-' || r.redemption_id, r.redemption_id, r.account_id, r.connection, case when r.contact_id is null or r.twin = 1 or r.successor = 1 or r.reversal_wanted in ('sale partly returned', 'sale id used again', 'order partly refunded') or r.flag = 'order-again' or (r.reversal_wanted in ('sale deleted', 'order deleted') and :#deleted = 'park') then 'PARKED'
         when exists (select 1 from installation i where i.restored_at >= r.created_at and not exists (select 1 from pos_reversal p where p.connection = r.connection and p.location = r.location
               and p.original_transaction_id = r.transaction_id and p.reversed_at > i.restored_at + :#skew_ms)) then 'UNKNOWN' else 'WANTED' end, :#now, r.reversal_wanted, case when r.aiq_redemption_id is null then 'ADJUSTMENT' else 'REVERSAL' end, case when r.contact_id is null then 'contact-unknown' when r.twin = 1 then 'twin-sale' when r.successor = 1 then 'several-successors' end,
       'aiq-bridge ' || r.redemption_id, :#now, :#now, :#now
  from (select o.*, case when (select w.twin_id from twin_sale w where w.connection = o.connection and w.location = o.location and w.transaction_id = o.transaction_id limit 1) is not null then 1 else 0 end as twin,
               case when o.reversal_wanted = 'sale deleted' and (select w.successor_id from successor_sale w where w.connection = o.connection and w.location = o.location and w.transaction_id = o.transaction_id limit 1) is not null then 1 else 0 end as successor
          from redemption o) r
 where r.connection = :#connection and r.status = 'EXECUTED' and r.reversal_wanted is not null
   and not exists (select 1 from reversal x where x.redemption_id = r.redemption_id)
   and not exists (select 1 from brake b where b.connection = :#connection and b.braked_at is not null)
   and (exists (select 1 from brake b where b.connection = :#connection and b.released_at > :#now - 3600000)
     or (select count(*) from reversal v where v.connection = :#connection and v.created_at > :#now - 3600000)
      + (select count(*) from redemption p where p.connection = :#connection and p.status = 'EXECUTED' and p.reversal_wanted is not null
            and not exists (select 1 from reversal x where x.redemption_id = p.redemption_id)) <= cast(:#brake as integer))
