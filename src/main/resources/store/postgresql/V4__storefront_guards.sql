-- The store refuses what redemption.md section 9 does not allow: a cart is sent at most once, evidence of consent is never changed, and nothing is redeemed behind a shop's back.

create function cart_guard() returns trigger language plpgsql as $$
begin
  if not (
       (old.send_status is null and new.send_status in ('WAITING', 'SUPPRESSED'))
    or (old.send_status = 'WAITING' and new.send_status in ('SENDING', 'SUPPRESSED'))
    or (old.send_status = 'SENDING' and new.send_status in ('WAITING', 'SENT', 'UNCLEAR', 'SUPPRESSED'))) then
    raise exception 'a cart is sent at most once';
  end if;
  return new;
end $$;

create trigger cart_sent_once before update of send_status on cart
  for each row when (old.send_status is distinct from new.send_status) execute function cart_guard();

create trigger consent_unchanged before update on consent for each row execute function refuse('evidence of consent is append-only');

create trigger consent_kept before delete on consent for each row execute function refuse('evidence of consent is append-only');

create trigger redemption_behind_back before update of status on redemption for each row
  when (new.status = 'DUE' and (new.redeems = 'pos-native' or new.model = 'IMMEDIATE' and old.status in ('UNKNOWN', 'PARKED', 'RELEASED')))
  execute function refuse('a redemption that nobody waits for, or that the till itself redeems, is not due');
