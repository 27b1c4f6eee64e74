-- What somebody says was done to them, under a number of the year; a nameless one is looked up by number and code.
create table complaints (
  id uuid primary key,
  number text collate "C" not null unique check (number like 'ADU-%'),
  kind text collate "C" not null check (kind in ('fee', 'tout', 'withheld_diploma', 'false_vacancy', 'officer_asked_money')),
  said text collate "C" not null check (length(said) between 1 and 4000),
  contact text collate "C" check (contact is null or length(contact) between 1 and 200),
  person_id uuid references people (id),
  vacancy_id uuid references vacancies (id),
  employer_id uuid references employers (id),
  application_id uuid references applications (id),
  code_hash bytea unique,
  state text collate "C" not null check (state in ('open', 'in_progress', 'closed_founded', 'closed_unfounded')),
  answer text collate "C" check (answer is null or length(answer) between 1 and 2000),
  handled_by uuid references accounts (id),
  made_at timestamptz not null,
  closed_at timestamptz,
  check ((closed_at is not null) = (state in ('closed_founded', 'closed_unfounded'))),
  check ((closed_at is null) = (answer is null))
);
create index complaints_page on complaints (made_at, id);
create index complaints_person on complaints (person_id, made_at, id);
create table complaint_numbers (
  year bigint primary key,
  last bigint not null check (last >= 1)
);
