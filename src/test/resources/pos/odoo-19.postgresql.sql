-- What Odoo 19 has besides.
insert into ir_module_module (name, state, latest_version) values ('point_of_sale', 'installed', '19.0.1.0.1');
alter table pos_order add general_customer_note text, add internal_note text, add floating_order_name varchar, add uuid varchar, add is_refund boolean, add email varchar, add mobile varchar, add constraint pos_order_unique_uuid unique (uuid);
create index pos_order_state_index on pos_order (state);
create index pos_order_pos_reference_index on pos_order (pos_reference);
alter table pos_order_line add note varchar, add uuid varchar, add combo_parent_id integer references pos_order_line, add constraint pos_order_line_unique_uuid unique (uuid);
create index pos_order_line_refunded_orderline_id_index on pos_order_line (refunded_orderline_id) where refunded_orderline_id is not null;
create index pos_order_line_combo_parent_id_index on pos_order_line (combo_parent_id) where combo_parent_id is not null;
