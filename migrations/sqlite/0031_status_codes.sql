-- Codes on paper with which somebody sees, without a login and without a name, where a person's applications stand: only a
-- keyed hash of each, one open code for each person.
create table status_codes (
  id blob primary key,
  person_id blob not null references people (id),
  code_hash blob not null unique,
  made_at text not null,
  expires_at text not null,
  revoked_at text
) strict;
create unique index status_codes_open on status_codes (person_id) where revoked_at is null;
create index status_codes_person on status_codes (person_id, made_at);
create index status_codes_expiry on status_codes (expires_at);
