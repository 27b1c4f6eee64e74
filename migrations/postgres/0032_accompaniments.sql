-- Whether the companion of the own village may help a resident: every word about it is kept, the newest counts and stands in the
-- person's row. A companion reaches nobody else.
create table accompaniments (
  id uuid primary key,
  person_id uuid not null references people (id),
  agreed boolean not null,
  channel text collate "C" not null check (channel in ('web', 'phone', 'counter', 'visit')),
  told_by text collate "C" not null,
  recorded_by uuid references accounts (id),
  said_at timestamptz not null
);
create index accompaniments_person on accompaniments (person_id, said_at, id);
create trigger accompaniments_append_only before update or delete or truncate on accompaniments for each statement execute function refuse_change();
alter table people add column accompanied boolean not null default false;
