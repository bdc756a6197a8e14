-- What a person looked at and left as it was is on the list again when it changes.

create trigger redemption_looked_anew after update of status, reversal_wanted on redemption
when old.looked_at is not null and (new.status <> old.status or new.reversal_wanted is not old.reversal_wanted)
begin update redemption set looked_at = null where redemption_id = new.redemption_id; end;

create trigger redemption_flagged_anew after update of flag on redemption
when old.flag_looked_at is not null and new.flag is not old.flag
begin update redemption set flag_looked_at = null where redemption_id = new.redemption_id; end;

create trigger reversal_looked_anew after update of status on reversal
when old.looked_at is not null and new.status <> old.status
begin update reversal set looked_at = null where reversal_id = new.reversal_id; end;
