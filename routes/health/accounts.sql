-- Per account: is it paused, since when does a due redemption wait, and how many wait for evidence, for a person's decision, and for a look.
select a.account_id, case when a.paused_at is null then 0 else 1 end as paused, case when a.paused_at is not null and a.key_read_at is null then 1 else 0 end as key_wanted,
       (select min(r.due_at) from redemption r where r.account_id = a.account_id and r.status = 'DUE') as oldest_due_at,
       (select count(*) from redemption r where r.account_id = a.account_id and r.status = 'DUE') as due,
       (select count(*) from redemption r where r.account_id = a.account_id and r.status = 'UNKNOWN') as unclear,
       (select count(*) from redemption r where r.account_id = a.account_id and r.status = 'PARKED')
         + (select count(*) from reversal v where v.account_id = a.account_id and v.status = 'PARKED') as parked,
       coalesce(l.needs_look, 0) as needs_look
  from account a left join (select n.account_id, count(distinct n.redemption_id) as needs_look from needs_look n where n.look_at <= :#now group by n.account_id) l on l.account_id = a.account_id
