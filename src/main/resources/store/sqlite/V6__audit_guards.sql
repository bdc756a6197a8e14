-- What people did stays written down.

create trigger audit_unchanged before update on audit
begin select raise(abort, 'the audit log is append-only'); end;

create trigger audit_kept before delete on audit
begin select raise(abort, 'the audit log is append-only'); end;
