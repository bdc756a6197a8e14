-- What AIQ took of this contact since the redemption was asked for, the redemption itself above all, and long enough ago that the contact's timeline has to show it.
select a.contact_id, a.discount_id, a.transaction_id, a.started_at, a.aiq_started_at, a.ended_at
  from attempt a
 where a.account_id = :#account_id and a.contact_id = :#contact_id and a.kind = 'REDEEM' and a.outcome = 'EXECUTED' and a.ended_at <= :#shown_before
   and (a.subject_id = :#redemption_id
     or a.http_status between 200 and 299 and a.ended_at >= :#queued_at and not exists (select 1 from reversal v where v.redemption_id = a.subject_id))
