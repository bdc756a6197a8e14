-- The emergency stop (routes/redemption/README.md section 10): while a row's lifted_at is null, nothing of its scope leaves for AIQ that changes something there.
-- name: the account or connection, '' for everything. from_file: 1 where the stop file says so; it is lifted when the file no longer does.
-- drained_at: what had waited for it left; until then it leaves slowly first.
create table stop (
  stop_id    text primary key,
  scope      text not null check (scope in ('EVERYTHING', 'ACCOUNT', 'CONNECTION')),
  name       text not null default '',
  stopped_at bigint not null,
  stopped_by text not null,
  reason     text not null,
  from_file  smallint not null default 0,
  lifted_at  bigint,
  lifted_by  text,
  drained_at bigint
);
create unique index stop_standing on stop (scope, name, from_file) where lifted_at is null;
create index stop_draining on stop (lifted_at) where lifted_at is not null and drained_at is null;

-- Redemptions that a stop keeps from being sent or reversed: of everything, of their account, or of the till or the shop that has to do with them.
create view stopped_redemption as
select r.redemption_id, r.account_id from redemption r
 where exists (select 1 from stop s where s.lifted_at is null
                 and (s.scope = 'EVERYTHING' or s.scope = 'ACCOUNT' and s.name = r.account_id or s.scope = 'CONNECTION' and (s.name = r.connection or s.name = r.storefront)));

-- Redemptions that may be sent: due, not wanted back, their sale still completed or their order still paid, and nothing stops them.
drop view sendable;
create view sendable as
select r.redemption_id, r.account_id, r.contact_id, r.next_attempt_at from redemption r
 where r.status = 'DUE' and r.reversal_wanted is null
   and (r.model in ('POS', 'INFORMATIONAL') and exists (select 1 from completed_sale t where t.connection = r.connection and t.location = r.location
          and t.transaction_id = r.transaction_id)
     or r.model = 'PAID' and exists (select 1 from redemption_order x where x.redemption_id = r.redemption_id and x.standing = 1 and x.paid = 1))
   and not exists (select 1 from stopped_redemption s where s.redemption_id = r.redemption_id);
