-- A cart that certainly was not taken may be sent after all: another order kept it back, or AIQ or our template refused it.
create or replace function cart_guard() returns trigger language plpgsql as $$
begin
  if not (
       (old.send_status is null and new.send_status in ('WAITING', 'SUPPRESSED'))
    or (old.send_status = 'WAITING' and new.send_status in ('SENDING', 'SUPPRESSED'))
    or (old.send_status = 'SENDING' and new.send_status in ('WAITING', 'SENT', 'UNCLEAR', 'SUPPRESSED'))
    or (old.send_status = 'SUPPRESSED' and new.send_status in ('WAITING') and old.send_reason in ('bought meanwhile', 'refused by AIQ', 'the template failed'))) then
    raise exception 'a cart is sent at most once';
  end if;
  return new;
end $$;
