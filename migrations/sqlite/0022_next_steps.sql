-- What happens next for somebody, who sees to it, by when, and what came of it. One open step of a kind for each person.
create table next_steps (
  id blob primary key,
  person_id blob not null references people (id),
  kind text not null check (kind in ('proposal', 'training', 'business_capital', 'visit', 'desil_check')),
  organisation_id blob references organisations (id),
  account_id blob references accounts (id),
  officer text check (officer is null or length(officer) between 1 and 100),
  due_on text not null,
  made_at text not null,
  made_by blob references accounts (id),
  run_id blob references runs (id),
  outcome text check (outcome is null or outcome in ('proposed', 'started_training', 'self_employed', 'in_work',
    'capital_granted', 'capital_refused', 'visited', 'desil_found', 'desil_not_found', 'not_reached', 'declined',
    'no_longer_needed')),
  note text check (note is null or length(note) between 1 and 1000),
  answered_at text,
  answered_by blob references accounts (id),
  check ((outcome is null) = (answered_at is null)),
  check (answered_at is not null or (note is null and answered_by is null))
) strict;
create unique index next_steps_open on next_steps (person_id, kind) where answered_at is null;
create index next_steps_person on next_steps (person_id, made_at, id);
create index next_steps_due on next_steps (due_on, id) where answered_at is null;
create index next_steps_answered on next_steps (due_on, id) where answered_at is not null;
create index next_steps_office on next_steps (organisation_id, due_on, id);
