-- One row that readiness checks write: a database that only answers reads is not ready.
create table write_probe (
  id integer primary key check (id = 1),
  asked_at text not null
) strict;
