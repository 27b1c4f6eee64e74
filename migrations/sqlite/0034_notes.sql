-- What a person says about an application beside its states: I shall come, I cannot, I take the work, I did come. It moves
-- nothing; employer and office read it. It stands as long as the application stays in the version it was said about.
create table application_notes (
  id blob primary key,
  application_id blob not null references applications (id),
  version integer not null,
  kind text not null check (kind in ('coming', 'not_coming', 'takes_work', 'did_come')),
  text text check (text is null or length(text) between 1 and 1000),
  actor text not null check (actor in ('person', 'companion', 'staff', 'supervisor')),
  account_id blob references accounts (id),
  at text not null
) strict;
create index application_notes_application on application_notes (application_id, version, id);
create index application_notes_page on application_notes (at, id);

-- Whether the employer lets the person read why it said no, and whether the family helped to answer.
alter table application_events add column shared integer not null default 0 check (shared in (0, 1));
alter table application_events add column helped integer not null default 0 check (helped in (0, 1));
drop trigger application_events_no_update;
create trigger application_events_no_update before update on application_events
when old.reason is null or (new.reason is not 'erased' and new.reason is not substr(old.reason, 1, instr(old.reason || ':', ':') - 1))
  or new.id is not old.id or new.application_id is not old.application_id or new.version is not old.version
  or new.event is not old.event or new.from_state is not old.from_state or new.to_state is not old.to_state
  or new.actor is not old.actor or new.account_id is not old.account_id or new.organisation_id is not old.organisation_id
  or new.cause_id is not old.cause_id or new.at is not old.at or new.shared is not old.shared or new.helped is not old.helped
begin select raise(abort, 'application_events is append-only'); end;

-- By what somebody finds the place of an interview.
alter table interviews add column landmark text check (landmark is null or length(landmark) between 1 and 200);
alter table interviews add column before_landmark text;
