-- The store refuses what redemption.md section 9 does not allow: a cart is sent at most once, evidence of consent is never changed, and nothing is redeemed behind a shop's back.

create trigger cart_sent_once before update of send_status on cart
when old.send_status is not new.send_status and not (
     (old.send_status is null and new.send_status in ('WAITING', 'SUPPRESSED'))
  or (old.send_status = 'WAITING' and new.send_status in ('SENDING', 'SUPPRESSED'))
  or (old.send_status = 'SENDING' and new.send_status in ('WAITING', 'SENT', 'UNCLEAR', 'SUPPRESSED')))
begin select raise(abort, 'a cart is sent at most once'); end;

create trigger consent_unchanged before update on consent
begin select raise(abort, 'evidence of consent is append-only'); end;

create trigger consent_kept before delete on consent
begin select raise(abort, 'evidence of consent is append-only'); end;

create trigger redemption_behind_back before update of status on redemption
when new.status = 'DUE' and (new.redeems = 'pos-native' or new.model = 'IMMEDIATE' and old.status in ('UNKNOWN', 'PARKED', 'RELEASED'))
begin select raise(abort, 'a redemption that nobody waits for, or that the till itself redeems, is not due'); end;
