-- Who said an item of a profile, and which officer saw it proved: one row for each item that was said or seen since this
-- table exists. What a person may not change any more by themself is asked for.
create table profile_marks (
  person_id blob not null references people (id),
  item text not null,
  said_by text not null,
  said_at text not null,
  verified_by blob references accounts (id),
  verified_at text,
  primary key (person_id, item)
) strict, without rowid;

create table change_requests (
  id blob primary key,
  person_id blob not null references people (id),
  change text not null,
  stored text not null,
  reason text not null,
  evidence text,
  state text not null check (state in ('pending', 'accepted', 'refused', 'withdrawn')),
  asked_by blob references accounts (id),
  asked_at text not null,
  decided_by blob references accounts (id),
  decided_at text,
  answer text,
  check ((state = 'pending') = (decided_at is null))
) strict;
create unique index change_requests_pending on change_requests (person_id) where state = 'pending';
create index change_requests_page on change_requests (state, asked_at, id);
create index change_requests_person on change_requests (person_id, asked_at, id);
