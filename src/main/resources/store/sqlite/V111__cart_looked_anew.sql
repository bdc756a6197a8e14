-- A cart that certainly was not taken may be sent after all: another order kept it back, or AIQ or our template refused it.
drop trigger cart_sent_once;
create trigger cart_sent_once before update of send_status on cart
when old.send_status is not new.send_status and not (
     (old.send_status is null and new.send_status in ('WAITING', 'SUPPRESSED'))
  or (old.send_status = 'WAITING' and new.send_status in ('SENDING', 'SUPPRESSED'))
  or (old.send_status = 'SENDING' and new.send_status in ('WAITING', 'SENT', 'UNCLEAR', 'SUPPRESSED'))
  or (old.send_status = 'SUPPRESSED' and new.send_status in ('WAITING') and old.send_reason in ('bought meanwhile', 'refused by AIQ', 'the template failed')))
begin select raise(abort, 'a cart is sent at most once'); end;
