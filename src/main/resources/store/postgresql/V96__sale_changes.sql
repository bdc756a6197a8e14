create function pos_transaction_changed() returns trigger language plpgsql as $$
begin
  insert into sale_change (connection, location, transaction_id, from_status, to_status, changed_at)
  values (new.connection, new.location, new.transaction_id, old.status, new.status, new.updated_at);
  return null;
end $$;

create trigger pos_transaction_changed after update of status on pos_transaction for each row
  when (new.status <> old.status) execute function pos_transaction_changed();
