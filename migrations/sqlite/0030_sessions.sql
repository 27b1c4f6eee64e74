-- Who is logged in on the pages: a hash of each key, whom it is about, until when it holds unless it is used again, and until
-- when at most. The person is whom a login of several has chosen.
create table sessions (
  id blob primary key,
  key_hash blob not null unique,
  account_id blob not null references accounts (id),
  person_id blob references people (id),
  idle_minutes integer not null check (idle_minutes > 0),
  made_at text not null,
  holds_until text not null,
  expires_at text not null
) strict;
create index sessions_account on sessions (account_id);
create index sessions_person on sessions (person_id);
create index sessions_end on sessions (holds_until);
