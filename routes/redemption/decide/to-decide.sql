-- What a decision about one redemption rests on. unclear: something was or may have been sent, also by the database that this one was restored from. asked: AIQ's records are still looked through for it (settle/unknown-rows).
-- sale_id: the completed sale that it has, or that is named for it.
select r.redemption_id, r.account_id, r.connection, r.model, r.status, r.reason, r.redeems, r.reversal_wanted, r.contact_id, r.updated_at as version, r.asked_at, a.zone, case when a.paused_at is null then 0 else 1 end as paused,
       (select v.status from reversal v where v.redemption_id = r.redemption_id) as reversal,
       (select w.status from write_back w where w.redemption_id = r.redemption_id) as write_back,
       coalesce(cast(:#sale as text), r.transaction_id) as sale_id,
       case when r.reason = 'unclear' or r.restored_from is not null
              or exists (select 1 from attempt t where t.subject_id = r.redemption_id and coalesce(t.outcome, 'UNKNOWN') = 'UNKNOWN')
              or exists (select 1 from installation i where i.restored_at >= r.created_at) then 1 else 0 end as unclear,
       case when r.status = 'PARKED' and r.reason = 'unclear' and r.unknown_since > :#now - 2592000000 then 1 else 0 end as asked,
       case when r.model = 'PAID' and exists (select 1 from redemption_order x where x.redemption_id = r.redemption_id and x.standing = 1 and x.paid = 1)
              or r.model in ('POS', 'INFORMATIONAL') and exists (select 1 from completed_sale t where t.connection = r.connection and t.location = r.location
                   and t.transaction_id = coalesce(cast(:#sale as text), r.transaction_id)) then 1 else 0 end as completed,
       (select count(*) from redemption o where o.connection = r.connection and o.location = r.location and o.transaction_id = coalesce(cast(:#sale as text), r.transaction_id)
           and o.discount_id = r.discount_id and o.redemption_id <> r.redemption_id and o.status <> 'RELEASED') as other_of_sale
  from redemption r join account a on a.account_id = r.account_id where r.redemption_id = :#redemption_id
