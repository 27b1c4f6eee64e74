-- One row that readiness checks write: a database that only answers reads is not ready.
create table write_probe (
  id bigint primary key check (id = 1),
  asked_at timestamptz not null
);
