-- What Odoo 17 has besides.
insert into ir_module_module (name, state, latest_version) values ('point_of_sale', 'installed', '17.0.1.0.1');
alter table pos_order add note text;
create index pos_order_state_index on pos_order (state);
create index pos_order_pos_reference_index on pos_order (pos_reference);
alter table pos_order_line add uuid varchar, add combo_parent_id integer references pos_order_line;
alter table res_partner add mobile varchar;
