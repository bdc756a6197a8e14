-- Redemptions that may be sent: due, not wanted back, and their sale still completed or their order still paid.
create view sendable as
select r.redemption_id, r.account_id, r.contact_id, r.next_attempt_at from redemption r
 where r.status = 'DUE' and r.reversal_wanted is null
   and (r.model in ('POS', 'INFORMATIONAL') and exists (select 1 from completed_sale t where t.connection = r.connection and t.location = r.location
          and t.transaction_id = r.transaction_id)
     or r.model = 'PAID' and exists (select 1 from redemption_order x where x.redemption_id = r.redemption_id and x.standing = 1 and x.paid = 1));

-- Calls that move a contact's points and whose effect is open: under way, or unclear since then.
create view in_doubt as
select r.account_id, r.contact_id, r.redemption_id as subject_id, case when r.status = 'EXECUTING' then r.lease_until else r.unknown_since end as since
  from redemption r where r.status in ('EXECUTING', 'UNKNOWN') and r.contact_id is not null
union all
select v.account_id, r.contact_id, v.reversal_id as subject_id, case when v.status = 'EXECUTING' then v.lease_until else v.unknown_since end as since
  from reversal v join redemption r on r.redemption_id = v.redemption_id where v.status in ('EXECUTING', 'UNKNOWN') and r.contact_id is not null;

create index redemption_in_doubt on redemption (account_id, contact_id) where status in ('EXECUTING', 'UNKNOWN');
create index reversal_in_doubt on reversal (account_id) where status in ('EXECUTING', 'UNKNOWN');
