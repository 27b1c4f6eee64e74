-- What a person says about an application beside its states: I shall come, I cannot, I take the work, I did come. It moves
-- nothing; employer and office read it. It stands as long as the application stays in the version it was said about.
create table application_notes (
  id uuid primary key,
  application_id uuid not null references applications (id),
  version bigint not null,
  kind text collate "C" not null check (kind in ('coming', 'not_coming', 'takes_work', 'did_come')),
  text text collate "C" check (text is null or length(text) between 1 and 1000),
  actor text collate "C" not null check (actor in ('person', 'companion', 'staff', 'supervisor')),
  account_id uuid references accounts (id),
  at timestamptz not null
);
create index application_notes_application on application_notes (application_id, version, id);
create index application_notes_page on application_notes (at, id);

-- Whether the employer lets the person read why it said no, and whether the family helped to answer.
alter table application_events add column shared boolean not null default false;
alter table application_events add column helped boolean not null default false;

-- By what somebody finds the place of an interview.
alter table interviews add column landmark text collate "C" check (landmark is null or length(landmark) between 1 and 200);
alter table interviews add column before_landmark text collate "C";
