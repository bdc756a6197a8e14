-- What a person may do on the page; who could sign in before could do everything. Without a role nobody is let in.
alter table page_user add column role text check (role in ('viewer', 'manager', 'owner'));
update page_user set role = 'owner';
