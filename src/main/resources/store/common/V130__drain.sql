-- The account that a stop of a connection belongs to: what waited for it leaves slowly first, by account.
alter table stop add column account_id text;
create index cart_told on cart (account_id, updated_at) where send_status in ('SENT', 'UNCLEAR');

-- Accounts of which a stop was lifted and what waited has not all left yet (routes/redemption/README.md section 10.1).
-- bad_at: when a call ended unclear last, since then; good: how many were confirmed since that; most: so many may be under way; under_way: so many are.
create view drain as
select b.account_id, b.lifted_at, b.bad_at, b.good, case when b.good > 1 then b.good else 1 end as most,
       (select count(*) from redemption r where r.status = 'EXECUTING' and r.account_id = b.account_id)
         + (select count(*) from reversal v where v.status = 'EXECUTING' and v.account_id = b.account_id)
         + (select count(*) from cart c where c.send_status = 'SENDING' and c.account_id = b.account_id) as under_way
  from (select w.account_id, w.lifted_at, w.bad_at,
               (select count(*) from attempt t where t.account_id = w.account_id and t.started_at >= w.lifted_at and t.started_at >= w.bad_at and t.outcome in ('EXECUTED', 'DONE'))
                 + (select count(*) from cart c where c.account_id = w.account_id and c.send_status in ('SENT', 'UNCLEAR') and c.updated_at >= w.lifted_at and c.updated_at > w.bad_at
                       and c.send_status = 'SENT') as good
          from (select l.account_id, l.lifted_at,
                       (select coalesce(max(o.ended_at), 0)
                          from (select t.ended_at from attempt t where t.account_id = l.account_id and t.started_at >= l.lifted_at and t.outcome in ('UNKNOWN', 'ABSENT')
                                union all
                                select c.updated_at as ended_at from cart c where c.account_id = l.account_id and c.send_status in ('SENT', 'UNCLEAR') and c.updated_at >= l.lifted_at
                                   and c.send_status = 'UNCLEAR') o) as bad_at
                  from (select a.account_id, max(s.lifted_at) as lifted_at
                          from account a
                          join stop s on s.lifted_at is not null and s.drained_at is null
                                     and (s.scope = 'EVERYTHING' or s.scope = 'ACCOUNT' and s.name = a.account_id or s.scope = 'CONNECTION' and s.account_id = a.account_id)
                         group by a.account_id) l) w) b;
