-- A class is taken in whole: its dates decide from when its members are matched, it has at most 40 of them (counted in its
-- row, where two officers at once meet), and each said whether they may be ranked.
alter table training_classes add column members integer not null default 0 check (members between 0 and 40);
alter table training_classes add column version integer not null default 1 check (version >= 1);
create index training_classes_page on training_classes (created_at, id);
create index trainings_class on trainings (class_id, id);

alter table people add column class_ends_on text;

-- What somebody said about being ranked automatically (UU 27/2022 art. 10), as they were asked: the last word counts.
create table ranking_consents (
  id blob primary key,
  person_id blob not null references people (id),
  given integer not null check (given in (0, 1)),
  wording text not null,
  class_id blob references training_classes (id),
  recorded_by blob references accounts (id),
  given_at text not null
) strict;
create index ranking_consents_person on ranking_consents (person_id, given_at, id);
create trigger ranking_consents_no_update before update on ranking_consents begin select raise(abort, 'ranking_consents is append-only'); end;
create trigger ranking_consents_no_delete before delete on ranking_consents begin select raise(abort, 'ranking_consents is append-only'); end;
