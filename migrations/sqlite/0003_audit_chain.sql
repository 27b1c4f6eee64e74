-- Every seal has one successor: two replicas that seal at once cannot fork the chain. Seals stay as they were written.
create unique index audit_seals_chain on audit_seals (previous);
create trigger audit_seals_no_update before update on audit_seals begin select raise(abort, 'audit_seals is append-only'); end;
create trigger audit_seals_no_delete before delete on audit_seals begin select raise(abort, 'audit_seals is append-only'); end;
