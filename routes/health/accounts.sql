-- Per account: is it paused, since when does a due redemption wait, and how many wait for evidence or for a person.
select a.account_id, case when a.paused_at is null then 0 else 1 end as paused, case when a.paused_at is not null and a.key_read_at is null then 1 else 0 end as key_wanted,
       (select min(r.due_at) from redemption r where r.account_id = a.account_id and r.status = 'DUE') as oldest_due_at,
       (select count(*) from redemption r where r.account_id = a.account_id and r.status = 'DUE') as due,
       (select count(*) from redemption r where r.account_id = a.account_id and r.status = 'UNKNOWN') as unclear,
       (select count(*) from redemption r where r.account_id = a.account_id and r.status = 'PARKED')
         + (select count(*) from reversal v where v.account_id = a.account_id and v.status = 'PARKED') as parked
  from account a
