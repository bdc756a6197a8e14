-- The till said that this sale was voided, returned or deleted; said again, nothing changes, unless it happened again later (the sale was completed again in between) or by now more or less of it came back.
insert into pos_reversal (connection, location, transaction_id, original_transaction_id, kind, reversed_at, amount, whole, candidates, heard_at, status, updated_at)
values (:#connection, :#location, :#transaction_id, :#original_transaction_id, :#kind, :#reversed_at, :#amount, :#whole, :#candidates, :#now, 'HEARD', :#now)
on conflict (connection, location, transaction_id, kind) do update set original_transaction_id = excluded.original_transaction_id, reversed_at = excluded.reversed_at,
  amount = excluded.amount, whole = excluded.whole, candidates = excluded.candidates, heard_at = excluded.heard_at, status = 'HEARD', updated_at = excluded.updated_at
where excluded.reversed_at > pos_reversal.reversed_at or coalesce(excluded.whole, -1) <> coalesce(pos_reversal.whole, -1) or coalesce(excluded.candidates, '') <> coalesce(pos_reversal.candidates, '')
