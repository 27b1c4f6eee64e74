-- Who is logged in on the pages: a hash of each key, whom it is about, until when it holds unless it is used again, and until
-- when at most. The person is whom a login of several has chosen.
create table sessions (
  id uuid primary key,
  key_hash bytea not null unique,
  account_id uuid not null references accounts (id),
  person_id uuid references people (id),
  idle_minutes bigint not null check (idle_minutes > 0),
  made_at timestamptz not null,
  holds_until timestamptz not null,
  expires_at timestamptz not null
);
create index sessions_account on sessions (account_id);
create index sessions_person on sessions (person_id);
create index sessions_end on sessions (holds_until);
