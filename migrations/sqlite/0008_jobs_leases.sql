-- The jobs of the service: what is due, who works on it until when, and how it went the last time. A replica takes a
-- job by changing `claim` and `claimed_until`; whoever dies leaves a claim that runs out. Failures are codes: no name,
-- no sentence of a database.
create table jobs (
  name text primary key,
  due_at text not null,
  claim blob,
  claimed_until text,
  started_at text,
  ended_at text,
  duration_ms integer check (duration_ms >= 0),
  done integer check (done >= 0),
  failed integer check (failed >= 0),
  last_failure text,
  last_failure_at text,
  check ((claim is null) = (claimed_until is null)),
  check ((last_failure is null) = (last_failure_at is null))
) strict;

-- Until when a running match run counts as alive; its process moves this on. A run without it was begun by a version
-- that knew no lease.
alter table runs add column lease_until text;
