-- What AIQ took of this contact since the redemption was asked for, the redemption itself above all, and long enough ago that the contact's timeline has to show it.
select a.contact_id,
       case when not exists (select 1 from contact d where d.account_id = c.account_id and d.phone = c.phone and d.customer_key <> c.customer_key) then c.phone end as phone,
       case when not exists (select 1 from contact d where d.account_id = c.account_id and d.email = c.email and d.customer_key <> c.customer_key) then c.email end as email,
       a.discount_id, a.transaction_id, a.started_at, a.aiq_started_at, a.ended_at,
       case when a.subject_id <> :#redemption_id and exists (select 1 from reversal v where v.redemption_id = a.subject_id) then 1 else 0 end as reversed
  from attempt a left join contact c on c.account_id = a.account_id and c.identity = 'aiq:' || a.contact_id
 where a.account_id = :#account_id and a.contact_id = :#contact_id and a.kind = 'REDEEM' and a.outcome = 'EXECUTED' and a.ended_at <= :#shown_before
   and (a.subject_id = :#redemption_id
     or a.http_status between 200 and 299 and a.ended_at >= :#queued_at)
