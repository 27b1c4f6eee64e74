-- Every seal has one successor: two replicas that seal at once cannot fork the chain. Seals stay as they were written.
create unique index audit_seals_chain on audit_seals (previous);
create trigger audit_seals_append_only before update or delete or truncate on audit_seals for each statement execute function refuse_change();
