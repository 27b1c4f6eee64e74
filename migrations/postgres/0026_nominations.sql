-- Which agency named which resident by NIK. A person may be nominated by several agencies; whether a NIK is registered is not
-- told to whoever names it, so a row keeps its keyed hash, and the person only once an officer accepted.
create table nominations (
  id uuid primary key,
  organisation_id uuid not null references organisations (id),
  nik_lookup bytea not null,
  person_id uuid references people (id),
  state text collate "C" not null check (state in ('waiting', 'accepted', 'refused')),
  made_at timestamptz not null,
  made_by uuid references accounts (id),
  decided_at timestamptz,
  decided_by uuid references accounts (id),
  unique (organisation_id, nik_lookup),
  check ((state = 'waiting') = (decided_at is null)),
  check ((state = 'accepted') = (person_id is not null))
);
create index nominations_page on nominations (made_at, id);
create index nominations_person on nominations (person_id, organisation_id);
create index nominations_nik on nominations (nik_lookup);
create index nominations_agency on nominations (organisation_id, person_id);
-- Whom an agency registered is its nominee already. The id is the person's: there is one such agency for each.
insert into nominations (id, organisation_id, nik_lookup, person_id, state, made_at, decided_at)
  select id, nominated_by, nik_lookup, id, 'accepted', created_at, created_at from people
  where nominated_by is not null and erased_at is null;
drop index people_nominated;
