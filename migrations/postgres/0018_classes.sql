-- A class is taken in whole: its dates decide from when its members are matched, it has at most 40 of them (counted in its
-- row, where two officers at once meet), and each said whether they may be ranked.
alter table training_classes add column members bigint not null default 0 check (members between 0 and 40);
alter table training_classes add column version bigint not null default 1 check (version >= 1);
create index training_classes_page on training_classes (created_at, id);
create index trainings_class on trainings (class_id, id);

alter table people add column class_ends_on date;

-- What somebody said about being ranked automatically (UU 27/2022 art. 10), as they were asked: the last word counts.
create table ranking_consents (
  id uuid primary key,
  person_id uuid not null references people (id),
  given boolean not null,
  wording text collate "C" not null,
  class_id uuid references training_classes (id),
  recorded_by uuid references accounts (id),
  given_at timestamptz not null
);
create index ranking_consents_person on ranking_consents (person_id, given_at, id);
create trigger ranking_consents_append_only before update or delete or truncate on ranking_consents for each statement execute function refuse_change();
