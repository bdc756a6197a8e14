-- The store refuses what redemption.md does not allow, whoever asks.

create trigger redemption_born before insert on redemption
when new.status not in ('QUEUED', 'SELECTED', 'DUE') or new.fence <> 0
begin select raise(abort, 'a redemption begins as QUEUED, SELECTED or DUE'); end;

create trigger redemption_moves before update of status on redemption
when new.status <> old.status
  and not exists (select 1 from redemption_transition where from_status = old.status and to_status = new.status)
begin select raise(abort, 'a redemption cannot make this transition'); end;

create trigger redemption_revives before update of status on redemption
when old.status = 'RELEASED' and new.status = 'DUE' and coalesce(old.reason, '') <> 'expired'
begin select raise(abort, 'only an expired redemption can become due again'); end;

create trigger redemption_unrestored before update of status on redemption
when ((old.status in ('QUEUED', 'SELECTED', 'DUE') and new.status = 'UNKNOWN') and new.restored_from is null)
  or (old.status = 'UNKNOWN' and new.status in ('QUEUED', 'SELECTED') and coalesce(old.restored_from, '') <> new.status)
begin select raise(abort, 'only a restored redemption can make this transition'); end;

create trigger redemption_claimed before update of status on redemption
when old.status = 'DUE' and new.status = 'EXECUTING' and new.fence <> old.fence + 1
begin select raise(abort, 'a claim takes the next fencing number'); end;

create trigger redemption_fence before update of fence on redemption
when new.fence < old.fence
begin select raise(abort, 'a fencing number never goes back'); end;

create trigger redemption_kept before delete on redemption
begin select raise(abort, 'a redemption is never deleted'); end;

create trigger reversal_moves before update of status on reversal
when new.status <> old.status
  and not exists (select 1 from reversal_transition where from_status = old.status and to_status = new.status)
begin select raise(abort, 'a reversal cannot make this transition'); end;

create trigger reversal_born before insert on reversal when new.status not in ('WANTED', 'PARKED', 'UNKNOWN')
begin select raise(abort, 'a reversal begins as WANTED or PARKED, after a restore as UNKNOWN'); end;

create trigger ledger_unchanged before update on ledger
begin select raise(abort, 'the ledger is append-only'); end;

create trigger ledger_kept before delete on ledger
begin select raise(abort, 'the ledger is append-only'); end;
