-- Who said "I am interested" in a vacancy without a login: an officer calls by a day that was told. Numbers count within a year.
create table interests (
  id uuid primary key,
  number text collate "C" not null unique check (number like 'MIN-%'),
  vacancy_id uuid not null references vacancies (id),
  name text collate "C" not null check (length(name) between 1 and 200),
  phone text collate "C" not null,
  village text collate "C" not null,
  other_vacancies boolean not null,
  made_at timestamptz not null,
  call_by date not null,
  outcome text collate "C" check (outcome in ('registered', 'not_interested', 'not_reached')),
  handled_at timestamptz,
  handled_by uuid references accounts (id),
  check ((handled_at is null) = (outcome is null))
);
create index interests_page on interests (made_at, id);
-- Nobody is called twice about one vacancy.
create unique index interests_once on interests (vacancy_id, phone, lower(name)) where handled_at is null;
create index interests_vacancy on interests (vacancy_id);
create index interests_phone on interests (phone);
create index interests_waiting on interests (call_by) where handled_at is null;
create index interests_handled on interests (handled_at);
create table interest_numbers (
  year bigint primary key,
  last bigint not null check (last >= 1)
);

-- What a form that was sent without a login was answered, under a hash of the form and encrypted with what only whoever sends it
-- again has: sent twice it is done once, whichever process takes it.
create table sent_forms (
  form_hash bytea primary key,
  answer bytea not null,
  made_at timestamptz not null
);
create index sent_forms_made on sent_forms (made_at);

-- Who asked for a new password by mail: one row an account, the hash of the key in the newest mail.
create table password_links (
  account_id uuid primary key references accounts (id),
  asked_at timestamptz not null,
  due_at timestamptz not null,
  tries bigint not null check (tries >= 0),
  claim uuid,
  claimed_until timestamptz,
  key_hash bytea unique,
  expires_at timestamptz,
  sent_at timestamptz,
  check ((key_hash is null) = (expires_at is null)),
  check ((claim is null) = (claimed_until is null))
);
create index password_links_asked on password_links (asked_at);
create index password_links_due on password_links (due_at) where sent_at is null;
create index employers_email on employers (lower(email));
create index accounts_employer on accounts (employer_id);
