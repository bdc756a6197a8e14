create role {login} login password 'AIQBRIDGE_PASSWORD';
grant select on pos_order, pos_order_line to {login};
grant select (id, pos_order_id) on pos_payment to {login};
grant select (id, config_id) on pos_session to {login};
grant select (id, tip_product_id) on pos_config to {login};
grant select (module, name, model, res_id) on ir_model_data to {login};
grant select (name, state, latest_version) on ir_module_module to {login};
grant select (id, phone, email) on res_partner to {login};
-- up to Odoo 18:
do $$ begin if exists (select from information_schema.columns where table_name = 'res_partner' and column_name = 'mobile') then grant select (mobile) on res_partner to {login}; end if; end $$;
-- up to Odoo 18, so that a refund finds its sale without reading every line (a shop that is open wants it with "concurrently"):
do $$ begin if not exists (select from pg_index x join pg_attribute a on a.attrelid = x.indrelid and a.attnum = x.indkey[0] where x.indrelid = to_regclass('pos_order_line') and a.attname = 'refunded_orderline_id') then create index aiq_refunded on pos_order_line (refunded_orderline_id) where refunded_orderline_id is not null; end if; end $$;
alter role {login} set statement_timeout = '30s';
