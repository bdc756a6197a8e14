-- The note stands on the sale.
insert into sale_note (connection, location, transaction_id, note, exact) values (:#connection, :#location, :#transaction_id, :#note, :#exact)
on conflict (connection, location, transaction_id, note) do update set exact = excluded.exact where sale_note.exact <> excluded.exact
