-- Who acted is a closed word: the role of the login, the terminal, the service. Rows written before keep theirs (also
-- `trainee` and `account`): they are sealed. A trigger, since a CHECK would want every old row judged.
create trigger audit_actor_is_known before insert on audit when new.actor not in (
  'person', 'companion', 'employer', 'staff', 'supervisor', 'agency', 'administrator', 'terminal', 'system',
  'trainee', 'account'
) begin select raise(abort, 'unknown audit actor'); end;
