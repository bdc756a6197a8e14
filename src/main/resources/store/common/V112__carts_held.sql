-- AIQ refused a cart for what is not the cart's, such as its address: until carts_held_until none of the account is sent, then one is tried; carts_held_reason stays until AIQ takes one.
-- carts_wait_ms: how long to wait when it is refused again.
alter table account add column carts_held_until bigint not null default 0;
alter table account add column carts_held_reason text;
alter table account add column carts_wait_ms bigint not null default 60000;
