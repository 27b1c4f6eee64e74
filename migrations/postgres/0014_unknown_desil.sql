-- Whose desil nobody knew when a run was computed, in the order in which it helps most to look it up. Who would have been
-- proposed without priority, and where, is known then and not later.
create table run_unknown_desil (
  run_id uuid not null references runs (id),
  place bigint not null check (place >= 1),
  person_id uuid not null references people (id),
  fate text not null check (fate in ('paid', 'left_out', 'proposed')),
  forgone_id uuid references vacancies (id),
  seats bigint not null check (seats >= 1),
  vacancies bigint not null check (vacancies >= 1),
  primary key (run_id, place),
  unique (run_id, person_id),
  check ((fate = 'paid') = (forgone_id is not null))
);
