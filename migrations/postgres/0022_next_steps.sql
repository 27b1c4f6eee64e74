-- What happens next for somebody, who sees to it, by when, and what came of it. One open step of a kind for each person.
create table next_steps (
  id uuid primary key,
  person_id uuid not null references people (id),
  kind text collate "C" not null check (kind in ('proposal', 'training', 'business_capital', 'visit', 'desil_check')),
  organisation_id uuid references organisations (id),
  account_id uuid references accounts (id),
  officer text collate "C" check (officer is null or length(officer) between 1 and 100),
  due_on date not null,
  made_at timestamptz not null,
  made_by uuid references accounts (id),
  run_id uuid references runs (id),
  outcome text collate "C" check (outcome is null or outcome in ('proposed', 'started_training', 'self_employed', 'in_work',
    'capital_granted', 'capital_refused', 'visited', 'desil_found', 'desil_not_found', 'not_reached', 'declined',
    'no_longer_needed')),
  note text collate "C" check (note is null or length(note) between 1 and 1000),
  answered_at timestamptz,
  answered_by uuid references accounts (id),
  check ((outcome is null) = (answered_at is null)),
  check (answered_at is not null or (note is null and answered_by is null))
);
create unique index next_steps_open on next_steps (person_id, kind) where answered_at is null;
create index next_steps_person on next_steps (person_id, made_at, id);
create index next_steps_due on next_steps (due_on, id) where answered_at is null;
create index next_steps_answered on next_steps (due_on, id) where answered_at is not null;
create index next_steps_office on next_steps (organisation_id, due_on, id);
