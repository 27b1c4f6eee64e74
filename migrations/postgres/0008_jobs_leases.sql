-- The jobs of the service: what is due, who works on it until when, and how it went the last time. A replica takes a
-- job by changing `claim` and `claimed_until`; whoever dies leaves a claim that runs out. Failures are codes: no name,
-- no sentence of a database.
create table jobs (
  name text collate "C" primary key,
  due_at timestamptz not null,
  claim uuid,
  claimed_until timestamptz,
  started_at timestamptz,
  ended_at timestamptz,
  duration_ms bigint check (duration_ms >= 0),
  done bigint check (done >= 0),
  failed bigint check (failed >= 0),
  last_failure text collate "C",
  last_failure_at timestamptz,
  check ((claim is null) = (claimed_until is null)),
  check ((last_failure is null) = (last_failure_at is null))
);

-- Until when a running match run counts as alive; its process moves this on. A run without it was begun by a version
-- that knew no lease.
alter table runs add column lease_until timestamptz;
