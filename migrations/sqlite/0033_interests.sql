-- Who said "I am interested" in a vacancy without a login: an officer calls by a day that was told. Numbers count within a year.
create table interests (
  id blob primary key,
  number text not null unique check (number like 'MIN-%'),
  vacancy_id blob not null references vacancies (id),
  name text not null check (length(name) between 1 and 200),
  phone text not null,
  village text not null,
  other_vacancies integer not null check (other_vacancies in (0, 1)),
  made_at text not null,
  call_by text not null,
  outcome text check (outcome in ('registered', 'not_interested', 'not_reached')),
  handled_at text,
  handled_by blob references accounts (id),
  check ((handled_at is null) = (outcome is null))
) strict;
create index interests_page on interests (made_at, id);
-- Nobody is called twice about one vacancy.
create unique index interests_once on interests (vacancy_id, phone, lower(name)) where handled_at is null;
create index interests_vacancy on interests (vacancy_id);
create index interests_phone on interests (phone);
create index interests_waiting on interests (call_by) where handled_at is null;
create index interests_handled on interests (handled_at);
create table interest_numbers (
  year integer primary key,
  last integer not null check (last >= 1)
) strict;

-- What a form that was sent without a login was answered, under a hash of the form and encrypted with what only whoever sends it
-- again has: sent twice it is done once, whichever process takes it.
create table sent_forms (
  form_hash blob primary key,
  answer blob not null,
  made_at text not null
) strict;
create index sent_forms_made on sent_forms (made_at);

-- Who asked for a new password by mail: one row an account, the hash of the key in the newest mail.
create table password_links (
  account_id blob primary key references accounts (id),
  asked_at text not null,
  due_at text not null,
  tries integer not null check (tries >= 0),
  claim blob,
  claimed_until text,
  key_hash blob unique,
  expires_at text,
  sent_at text,
  check ((key_hash is null) = (expires_at is null)),
  check ((claim is null) = (claimed_until is null))
) strict;
create index password_links_asked on password_links (asked_at);
create index password_links_due on password_links (due_at) where sent_at is null;
create index employers_email on employers (lower(email));
create index accounts_employer on accounts (employer_id);
