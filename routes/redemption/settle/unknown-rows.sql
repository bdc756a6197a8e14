-- The account's unclear redemptions of which AIQ is to be asked now, for a month those too that wait for a person, with what is known of their last attempt. unnamed: others like it that may have had an effect
-- at the same time, of which AIQ gave us no id; neighbours: of which it did. namesakes: attempts of others for a sale of the same id. resends, refusals: attempts before that certainly had no effect, and those of them that AIQ answered with a refusal.
select r.redemption_id, r.account_id, r.status, r.fence, r.contact_id, r.discount_id, r.transaction_id, r.points, r.queued_at, r.unknown_since, r.restored_from, r.reversal_wanted,
       r.absent_since, r.lists_silent_since, r.contact_changed_since,
       a.started_at, a.aiq_started_at, a.ended_at, a.http_status, a.wallet_points, a.offers, 'RECONCILIATION' as priority, c.phone, c.email,
       case when exists (select 1 from contact d where d.account_id = c.account_id and d.phone = c.phone and d.customer_key <> c.customer_key) then 1 else 0 end as phone_shared,
       case when exists (select 1 from contact d where d.account_id = c.account_id and d.email = c.email and d.customer_key <> c.customer_key) then 1 else 0 end as email_shared,
       (select count(*) from attempt b where b.subject_id = r.redemption_id and b.outcome = 'ABSENT') as resends,
       (select count(*) from attempt b where b.subject_id = r.redemption_id and b.outcome = 'ABSENT' and b.absent_by = 'LISTS') as resends_by_lists,
       (select count(*) from attempt b where b.subject_id = r.redemption_id and b.outcome = 'ABSENT' and b.http_status between 400 and 499 and b.http_status not in (401, 403, 404, 408, 429)) as refusals,
       (select count(*) from redemption o left join attempt b on b.subject_id = o.redemption_id and b.outcome <> 'NOT_SENT'
         where o.account_id = r.account_id and o.customer_key = r.customer_key and o.discount_id = r.discount_id and o.redemption_id <> r.redemption_id
           and (o.status in ('EXECUTING', 'UNKNOWN', 'PARKED') or o.status = 'EXECUTED' and o.aiq_redemption_id is null) and o.updated_at > r.queued_at - 86400000
           and (b.subject_id is null or a.subject_id is null or b.started_at <= coalesce(a.ended_at, r.unknown_since) + :#effect_ms and coalesce(b.ended_at, o.unknown_since, o.updated_at) + :#effect_ms >= a.started_at)) as unnamed,
       (select count(*) from redemption o join attempt b on b.subject_id = o.redemption_id and b.outcome = 'EXECUTED'
         where o.account_id = r.account_id and o.customer_key = r.customer_key and o.discount_id = r.discount_id and o.redemption_id <> r.redemption_id
           and o.status = 'EXECUTED' and o.aiq_redemption_id is not null
           and (a.subject_id is null or b.started_at <= coalesce(a.ended_at, r.unknown_since) + :#effect_ms and b.ended_at + :#effect_ms >= a.started_at)) as neighbours,
       (select count(*) from attempt n where n.account_id = r.account_id and n.transaction_id = r.transaction_id and n.subject_id <> r.redemption_id) as namesakes
  from (select u.redemption_id from redemption u where u.account_id = :#account_id and u.status = 'UNKNOWN' and u.next_attempt_at <= :#now
        union all
        select p.redemption_id from redemption p where p.account_id = :#account_id and p.status = 'PARKED' and p.reason = 'unclear' and p.next_attempt_at <= :#now
           and p.unknown_since > :#now - 2592000000) asked
  join redemption r on r.redemption_id = asked.redemption_id join contact c on c.customer_key = r.customer_key left join attempt a on a.subject_id = r.redemption_id and a.fence = r.fence and a.started_at > (select coalesce(max(i.restored_at), 0) from installation i)
 order by r.unknown_since limit 100
