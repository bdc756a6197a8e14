-- What was closed stays closed.

create trigger ledger_day_unchanged before update on ledger_day
begin select raise(abort, 'a closed day is append-only'); end;

create trigger ledger_day_kept before delete on ledger_day
begin select raise(abort, 'a closed day is append-only'); end;

create trigger ledger_seal_unchanged before update on ledger_seal
begin select raise(abort, 'a closed day is append-only'); end;

create trigger ledger_seal_kept before delete on ledger_seal
begin select raise(abort, 'a closed day is append-only'); end;
