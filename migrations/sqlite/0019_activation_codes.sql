-- One-time codes on paper with which a resident starts a login or gets back into it: only a keyed hash of each, one open
-- code for each person.
create table activation_codes (
  id blob primary key,
  person_id blob not null references people (id),
  code_hash blob not null unique,
  class_id blob references training_classes (id),
  made_by blob references accounts (id),
  made_at text not null,
  expires_at text not null,
  failures integer not null default 0 check (failures >= 0),
  used_at text,
  voided_at text,
  check (used_at is null or voided_at is null)
) strict;
create unique index activation_codes_open on activation_codes (person_id) where used_at is null and voided_at is null;
create index activation_codes_expiry on activation_codes (expires_at);
