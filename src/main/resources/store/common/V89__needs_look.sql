-- What people have to look at: one list. looked_at: since then a person knows the row as it stands, flag_looked_at: its flag; a new state or flag takes them away.
-- asked_at: when AIQ's lists were last read for the row and did not show it.
alter table redemption add column looked_at bigint;
alter table redemption add column flag_looked_at bigint;
alter table redemption add column asked_at bigint;
alter table reversal add column looked_at bigint;

-- One word for one thing: a person leaves the points as taken.
update reversal set reason = 'left as taken' where reason = 'given up';

-- After how long a redemption of this connection and model waits longer than usual: for its sale or order, to be sent, and for evidence. The one without a connection stands for all others.
create table usual_wait (
  connection  text not null,
  model       text not null,
  for_sale_ms bigint not null,
  to_send_ms  bigint not null,
  in_doubt_ms bigint not null,
  learnt_at   bigint not null,
  primary key (connection, model)
);
insert into usual_wait (connection, model, for_sale_ms, to_send_ms, in_doubt_ms, learnt_at) values ('', '', 0, 900000, 1930000, 0);

create index redemption_flagged  on redemption (account_id) where flag is not null and flag_looked_at is null;
create index redemption_refused  on redemption (account_id) where status = 'REJECTED' and model <> 'IMMEDIATE' and looked_at is null;
create index redemption_released on redemption (connection, expires_at) where status = 'RELEASED';
create index redemption_reversed on redemption (status, reversal_wanted) where reversal_wanted is not null;
create index ledger_redeemed     on ledger (connection, happened_at) where kind = 'REDEEMED';

-- Why each redemption and reversal needs a look, from look_at on. decided: 1 where only a decision ends it, 0 where it may also be looked at and left as it is.
create view needs_look as
select r.redemption_id as subject_id, r.redemption_id, r.account_id, r.reason as reason, r.updated_at as since, r.updated_at as look_at, 1 as decided
  from redemption r where r.status = 'PARKED'
union all
select r.redemption_id, r.redemption_id, r.account_id, r.reason, r.updated_at, r.updated_at, 0
  from redemption r where r.status = 'REJECTED' and r.model <> 'IMMEDIATE' and r.looked_at is null
union all
select r.redemption_id, r.redemption_id, r.account_id, r.flag, r.updated_at, r.updated_at, 0
  from redemption r where r.flag is not null and r.flag_looked_at is null
union all
select w.redemption_id, w.redemption_id, w.account_id, 'waits-for-sale', w.since, w.look_at, 0
  from (select r.redemption_id, r.account_id, r.looked_at, r.queued_at as since,
               r.queued_at + case when coalesce(u.for_sale_ms, d.for_sale_ms) > (r.expires_at - r.queued_at) / 4 then coalesce(u.for_sale_ms, d.for_sale_ms) else (r.expires_at - r.queued_at) / 4 end as look_at
          from redemption r
          join usual_wait d on d.connection = '' and d.model = ''
          left join usual_wait u on u.connection = r.connection and u.model = r.model
         where r.status in ('QUEUED', 'SELECTED') and coalesce(r.redeems, '') <> 'pos-native'
           and not exists (select 1 from completed_sale t where t.connection = r.connection and t.location = r.location and t.transaction_id = r.transaction_id and t.completed_at >= r.queued_at)
           and not (r.model = 'PAID' and exists (select 1 from redemption_order x where x.redemption_id = r.redemption_id and x.standing = 1 and x.paid = 1))) w
 where w.looked_at is null or w.looked_at < w.look_at
union all
select w.redemption_id, w.redemption_id, w.account_id, 'not-made-due', w.since, w.look_at, 0
  from (select r.redemption_id, r.account_id, r.looked_at, t.heard_at as since,
               case when t.heard_at > r.queued_at then t.heard_at else r.queued_at end + coalesce(u.to_send_ms, d.to_send_ms) as look_at
          from redemption r
          join completed_sale t on t.connection = r.connection and t.location = r.location and t.transaction_id = r.transaction_id and t.completed_at >= r.queued_at
          join usual_wait d on d.connection = '' and d.model = ''
          left join usual_wait u on u.connection = r.connection and u.model = r.model
         where r.status in ('QUEUED', 'SELECTED') and coalesce(r.redeems, '') <> 'pos-native'
           and not exists (select 1 from observation o where o.redemption_id = r.redemption_id)) w
 where w.looked_at is null or w.looked_at < w.look_at
union all
select w.redemption_id, w.redemption_id, w.account_id, 'not-made-due', w.since, w.look_at, 0
  from (select r.redemption_id, r.account_id, r.looked_at, r.updated_at as since, r.updated_at + coalesce(u.to_send_ms, d.to_send_ms) as look_at
          from redemption r
          join usual_wait d on d.connection = '' and d.model = ''
          left join usual_wait u on u.connection = r.connection and u.model = r.model
         where r.status = 'QUEUED' and r.model = 'PAID'
           and exists (select 1 from redemption_order x where x.redemption_id = r.redemption_id and x.standing = 1 and x.paid = 1)) w
 where w.looked_at is null or w.looked_at < w.look_at
union all
select w.redemption_id, w.redemption_id, w.account_id, w.reason, w.since, w.look_at, 0
  from (select r.redemption_id, r.account_id, r.looked_at,
               case when r.status = 'UNKNOWN' then 'waits-for-evidence' else 'waits-to-be-sent' end as reason,
               case when r.status = 'UNKNOWN' then r.unknown_since else coalesce(r.due_at, r.updated_at) end as since,
               case when r.status = 'UNKNOWN' then r.unknown_since + coalesce(u.in_doubt_ms, d.in_doubt_ms)
                    else coalesce(r.due_at, r.updated_at) + coalesce(u.to_send_ms, d.to_send_ms) end as look_at
          from redemption r
          join usual_wait d on d.connection = '' and d.model = ''
          left join usual_wait u on u.connection = r.connection and u.model = r.model
         where r.status in ('DUE', 'EXECUTING', 'UNKNOWN')) w
 where w.looked_at is null or w.looked_at < w.look_at
union all
select w.redemption_id, w.redemption_id, w.account_id, 'reversal-not-made', w.since, w.look_at, 0
  from (select r.redemption_id, r.account_id, r.looked_at, r.updated_at as since, r.updated_at + coalesce(u.to_send_ms, d.to_send_ms) as look_at
          from redemption r
          join usual_wait d on d.connection = '' and d.model = ''
          left join usual_wait u on u.connection = r.connection and u.model = r.model
         where r.status = 'EXECUTED' and r.reversal_wanted is not null and r.reversal_wanted > '' and not exists (select 1 from reversal v where v.redemption_id = r.redemption_id)) w
 where w.looked_at is null or w.looked_at < w.look_at
union all
select v.reversal_id, v.redemption_id, v.account_id, coalesce(v.reason, v.kind), v.updated_at, v.updated_at, 1
  from reversal v where v.status in ('PARKED', 'REJECTED') and (v.status = 'PARKED' or coalesce(v.reason, '') <> 'left as taken')
union all
select w.reversal_id, w.redemption_id, w.account_id, w.reason, w.since, w.look_at, 0
  from (select v.reversal_id, v.redemption_id, v.account_id, v.looked_at,
               case when v.status = 'UNKNOWN' then 'reversal-waits-for-evidence' else 'reversal-waits' end as reason,
               case when v.status = 'UNKNOWN' then v.unknown_since else v.created_at end as since,
               case when v.status = 'UNKNOWN' then v.unknown_since + coalesce(u.in_doubt_ms, d.in_doubt_ms) else v.created_at + coalesce(u.to_send_ms, d.to_send_ms) end as look_at
          from reversal v join redemption r on r.redemption_id = v.redemption_id
          join usual_wait d on d.connection = '' and d.model = ''
          left join usual_wait u on u.connection = r.connection and u.model = r.model
         where v.status in ('WANTED', 'EXECUTING', 'UNKNOWN')) w
 where w.looked_at is null or w.looked_at < w.look_at;
