create trigger pos_transaction_changed after update of status on pos_transaction when new.status <> old.status
begin insert into sale_change (connection, location, transaction_id, from_status, to_status, changed_at)
  values (new.connection, new.location, new.transaction_id, old.status, new.status, new.updated_at); end;
