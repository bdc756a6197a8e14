-- What people look at stays cheap on big tables: the newest first, by account, connection, state or customer.

-- SQLite uses an index with a condition only where a statement repeats that condition word for word; these serve every statement that names a state.
drop index redemption_open;
create index redemption_status on redemption (status, queued_at, redemption_id);
drop index reversal_open;
create index reversal_status on reversal (status, next_attempt_at);

create index redemption_queued        on redemption (queued_at, redemption_id);
create index redemption_of_account    on redemption (account_id, queued_at, redemption_id);
create index redemption_of_connection on redemption (connection, queued_at, redemption_id);
create index redemption_of_storefront on redemption (storefront, queued_at, redemption_id) where storefront is not null;
create index redemption_of_customer   on redemption (customer_key, queued_at, redemption_id);
create index redemption_at_aiq        on redemption (account_id, aiq_redemption_id) where aiq_redemption_id is not null;
create index contact_phone_end        on contact (substr(phone, length(phone) - 3)) where phone is not null;
create index cart_changed             on cart (changed_at, connection, cart_id);
create index cart_abandoned           on cart (abandoned_at) where abandoned_at is not null;
create index ledger_happened          on ledger (happened_at);
create index attempt_started          on attempt (started_at);
create index pos_transaction_discounted on pos_transaction (connection, completed_at) where discount_ids is not null or discount_total <> 0;
