-- Whether the companion of the own village may help a resident: every word about it is kept, the newest counts and stands in the
-- person's row. A companion reaches nobody else.
create table accompaniments (
  id blob primary key,
  person_id blob not null references people (id),
  agreed integer not null check (agreed in (0, 1)),
  channel text not null check (channel in ('web', 'phone', 'counter', 'visit')),
  told_by text not null,
  recorded_by blob references accounts (id),
  said_at text not null
) strict;
create index accompaniments_person on accompaniments (person_id, said_at, id);
create trigger accompaniments_no_update before update on accompaniments begin select raise(abort, 'accompaniments is append-only'); end;
create trigger accompaniments_no_delete before delete on accompaniments begin select raise(abort, 'accompaniments is append-only'); end;
alter table people add column accompanied integer not null default false check (accompanied in (0, 1));
