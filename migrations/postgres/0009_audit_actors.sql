-- Who acted is a closed word: the role of the login, the terminal, the service. Rows written before keep theirs (also
-- `trainee` and `account`): they are sealed. A trigger, since a CHECK would want every old row judged.
create function refuse_unknown_actor() returns trigger language plpgsql as $$
begin
  raise exception 'unknown audit actor %', new.actor;
end $$;
create trigger audit_actor_is_known before insert on audit for each row when (new.actor not in (
  'person', 'companion', 'employer', 'staff', 'supervisor', 'agency', 'administrator', 'terminal', 'system',
  'trainee', 'account'
)) execute function refuse_unknown_actor();
