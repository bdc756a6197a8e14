-- What a person looked at and left as it was is on the list again when it changes.

create function redemption_looked_anew() returns trigger language plpgsql as $$
begin
  if new.status <> old.status or new.reversal_wanted is distinct from old.reversal_wanted then
    new.looked_at := null;
  end if;
  if new.flag is distinct from old.flag then
    new.flag_looked_at := null;
  end if;
  return new;
end $$;

create function reversal_looked_anew() returns trigger language plpgsql as $$
begin
  new.looked_at := null;
  return new;
end $$;

create trigger redemption_looked_anew before update of status, reversal_wanted, flag on redemption for each row
  when (old.looked_at is not null or old.flag_looked_at is not null) execute function redemption_looked_anew();
create trigger reversal_looked_anew before update of status on reversal for each row
  when (old.looked_at is not null and new.status <> old.status) execute function reversal_looked_anew();
