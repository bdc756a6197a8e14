-- What was closed stays closed.

create trigger ledger_day_unchanged before update on ledger_day for each row execute function refuse('a closed day is append-only');

create trigger ledger_day_kept before delete on ledger_day for each row execute function refuse('a closed day is append-only');

create trigger ledger_seal_unchanged before update on ledger_seal for each row execute function refuse('a closed day is append-only');

create trigger ledger_seal_kept before delete on ledger_seal for each row execute function refuse('a closed day is append-only');
