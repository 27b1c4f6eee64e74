-- One-time codes on paper with which a resident starts a login or gets back into it: only a keyed hash of each, one open
-- code for each person.
create table activation_codes (
  id uuid primary key,
  person_id uuid not null references people (id),
  code_hash bytea not null unique,
  class_id uuid references training_classes (id),
  made_by uuid references accounts (id),
  made_at timestamptz not null,
  expires_at timestamptz not null,
  failures bigint not null default 0 check (failures >= 0),
  used_at timestamptz,
  voided_at timestamptz,
  check (used_at is null or voided_at is null)
);
create unique index activation_codes_open on activation_codes (person_id) where used_at is null and voided_at is null;
create index activation_codes_expiry on activation_codes (expires_at);
