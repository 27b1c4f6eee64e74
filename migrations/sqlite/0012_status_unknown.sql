-- A person's status may be unknown: something was said that does not tell whether they look for work, and who is not asked
-- is not proposed. A training may be broken off or still running, which is not the same as no result. Two CHECKs grow by
-- words; rows stay as they are.
create table people_new (
  id blob primary key,
  nik_cipher blob not null,
  nik_key integer not null,
  nik_lookup blob not null unique,
  family_key blob,
  name text not null check (length(name) between 1 and 200),
  sex text check (sex is null or sex in ('male', 'female')),
  birth_date text not null,
  phone text,
  village text,
  address text,
  education text,
  major text,
  disability text,
  status text not null check (status in ('seeking', 'working_elsewhere', 'self_employed', 'studying', 'unreachable', 'unknown')),
  available_from text,
  ak1_number text,
  registered_on text not null,
  objects_to_ranking integer not null default false check (objects_to_ranking in (0, 1)),
  live integer not null default 0 check (live between 0 and 3),
  placed integer not null default 0 check (placed between 0 and 1),
  nominated_by blob references organisations (id),
  sample integer not null check (sample in (0, 1)),
  version integer not null check (version >= 1),
  created_at text not null,
  updated_at text not null,
  erased_at text
) strict;
insert into people_new (id, nik_cipher, nik_key, nik_lookup, family_key, name, sex, birth_date, phone, village, address, education,
  major, disability, status, available_from, ak1_number, registered_on, objects_to_ranking, live, placed, nominated_by, sample,
  version, created_at, updated_at, erased_at)
select id, nik_cipher, nik_key, nik_lookup, family_key, name, sex, birth_date, phone, village, address, education,
  major, disability, status, available_from, ak1_number, registered_on, objects_to_ranking, live, placed, nominated_by, sample,
  version, created_at, updated_at, erased_at from people;
drop table people;
alter table people_new rename to people;
create index people_page on people (created_at, id);
create index people_village on people (village, created_at, id);
create index people_nominated on people (nominated_by, created_at, id);

create table trainings_new (
  id blob primary key,
  person_id blob not null references people (id),
  class_id blob references training_classes (id),
  programme text not null check (length(programme) between 1 and 200),
  ended_on text,
  result text check (result is null or result in ('competent', 'not_yet', 'broken_off', 'running'))
) strict;
insert into trainings_new (id, person_id, class_id, programme, ended_on, result)
select id, person_id, class_id, programme, ended_on, result from trainings;
drop table trainings;
alter table trainings_new rename to trainings;
create index trainings_person on trainings (person_id);
