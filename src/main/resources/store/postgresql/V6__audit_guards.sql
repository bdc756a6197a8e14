-- What people did stays written down.

create trigger audit_unchanged before update on audit for each row execute function refuse('the audit log is append-only');

create trigger audit_kept before delete on audit for each row execute function refuse('the audit log is append-only');
