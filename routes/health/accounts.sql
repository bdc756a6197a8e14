-- Per account: is it paused, since when does a due redemption wait, and how many wait for evidence, for a person's decision, and for a look; is anything sent again, and how late is AIQ's report.
select a.account_id, case when a.paused_at is null then 0 else 1 end as paused, case when a.paused_at is not null and a.key_read_at is null then 1 else 0 end as key_wanted,
       case when a.carts_held_reason is null then 0 else 1 end as carts_held,
       (select min(r.due_at) from redemption r where r.account_id = a.account_id and r.status = 'DUE') as oldest_due_at,
       (select count(*) from redemption r where r.account_id = a.account_id and r.status = 'DUE') as due,
       (select count(*) from redemption r where r.account_id = a.account_id and r.status = 'UNKNOWN') as unclear,
       (select count(*) from redemption r where r.account_id = a.account_id and r.status = 'PARKED')
         + (select count(*) from reversal v where v.account_id = a.account_id and v.status = 'PARKED') as parked,
       coalesce(l.needs_look, 0) as needs_look, case when a.resend_stopped_at is null then 0 else 1 end as resend_stopped,
       (select coalesce(max(t.missing_at - t.ended_at), 0) from attempt t where t.account_id = a.account_id and t.missing_at > :#now - 604800000 and t.shown_at is not null) as report_lag_ms
  from account a left join (select n.account_id, count(distinct n.redemption_id) as needs_look from needs_look n where n.look_at <= :#now group by n.account_id) l on l.account_id = a.account_id
