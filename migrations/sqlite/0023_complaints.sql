-- What somebody says was done to them, under a number of the year; a nameless one is looked up by number and code.
create table complaints (
  id blob primary key,
  number text not null unique check (number like 'ADU-%'),
  kind text not null check (kind in ('fee', 'tout', 'withheld_diploma', 'false_vacancy', 'officer_asked_money')),
  said text not null check (length(said) between 1 and 4000),
  contact text check (contact is null or length(contact) between 1 and 200),
  person_id blob references people (id),
  vacancy_id blob references vacancies (id),
  employer_id blob references employers (id),
  application_id blob references applications (id),
  code_hash blob unique,
  state text not null check (state in ('open', 'in_progress', 'closed_founded', 'closed_unfounded')),
  answer text check (answer is null or length(answer) between 1 and 2000),
  handled_by blob references accounts (id),
  made_at text not null,
  closed_at text,
  check ((closed_at is not null) = (state in ('closed_founded', 'closed_unfounded'))),
  check ((closed_at is null) = (answer is null))
) strict;
create index complaints_page on complaints (made_at, id);
create index complaints_person on complaints (person_id, made_at, id);
create table complaint_numbers (
  year integer primary key,
  last integer not null check (last >= 1)
) strict;
