-- What Odoo 16 has besides.
insert into ir_module_module (name, state, latest_version) values ('point_of_sale', 'installed', '16.0.1.0.1');
alter table pos_order add note text;
alter table res_partner add mobile varchar;
