-- The store refuses what redemption.md does not allow, whoever asks.

create function refuse() returns trigger language plpgsql as $$
begin raise exception '%', tg_argv[0]; end $$;

create function redemption_guard() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from redemption_transition where from_status = old.status and to_status = new.status) then
    raise exception 'a redemption cannot make this transition';
  end if;
  if old.status = 'RELEASED' and new.status = 'DUE' and coalesce(old.reason, '') <> 'expired' then
    raise exception 'only an expired redemption can become due again';
  end if;
  if (old.status in ('QUEUED', 'SELECTED', 'DUE') and new.status = 'UNKNOWN' and new.restored_from is null)
     or (old.status = 'UNKNOWN' and new.status in ('QUEUED', 'SELECTED') and coalesce(old.restored_from, '') <> new.status) then
    raise exception 'only a restored redemption can make this transition';
  end if;
  if old.status = 'DUE' and new.status = 'EXECUTING' and new.fence <> old.fence + 1 then
    raise exception 'a claim takes the next fencing number';
  end if;
  return new;
end $$;

create function reversal_guard() returns trigger language plpgsql as $$
begin
  if not exists (select 1 from reversal_transition where from_status = old.status and to_status = new.status) then
    raise exception 'a reversal cannot make this transition';
  end if;
  return new;
end $$;

create trigger redemption_born before insert on redemption for each row
  when (new.status not in ('QUEUED', 'SELECTED', 'DUE') or new.fence <> 0)
  execute function refuse('a redemption begins as QUEUED, SELECTED or DUE');
create trigger redemption_moves before update of status on redemption for each row
  when (new.status <> old.status) execute function redemption_guard();
create trigger redemption_fence before update of fence on redemption for each row
  when (new.fence < old.fence) execute function refuse('a fencing number never goes back');
create trigger redemption_kept before delete on redemption for each row execute function refuse('a redemption is never deleted');
create trigger reversal_moves before update of status on reversal for each row
  when (new.status <> old.status) execute function reversal_guard();
create trigger reversal_born before insert on reversal for each row
  when (new.status not in ('WANTED', 'PARKED', 'UNKNOWN')) execute function refuse('a reversal begins as WANTED or PARKED, after a restore as UNKNOWN');
create trigger ledger_unchanged before update on ledger for each row execute function refuse('the ledger is append-only');
create trigger ledger_kept before delete on ledger for each row execute function refuse('the ledger is append-only');
