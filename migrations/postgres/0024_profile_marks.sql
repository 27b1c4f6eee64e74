-- Who said an item of a profile, and which officer saw it proved: one row for each item that was said or seen since this
-- table exists. What a person may not change any more by themself is asked for.
create table profile_marks (
  person_id uuid not null references people (id),
  item text collate "C" not null,
  said_by text collate "C" not null,
  said_at timestamptz not null,
  verified_by uuid references accounts (id),
  verified_at timestamptz,
  primary key (person_id, item)
);

create table change_requests (
  id uuid primary key,
  person_id uuid not null references people (id),
  change jsonb not null,
  stored jsonb not null,
  reason text collate "C" not null,
  evidence text collate "C",
  state text collate "C" not null check (state in ('pending', 'accepted', 'refused', 'withdrawn')),
  asked_by uuid references accounts (id),
  asked_at timestamptz not null,
  decided_by uuid references accounts (id),
  decided_at timestamptz,
  answer text collate "C",
  check ((state = 'pending') = (decided_at is null))
);
create unique index change_requests_pending on change_requests (person_id) where state = 'pending';
create index change_requests_page on change_requests (state, asked_at, id);
create index change_requests_person on change_requests (person_id, asked_at, id);
