-- A person's status may be unknown: something was said that does not tell whether they look for work, and who is not asked
-- is not proposed. A training may be broken off or still running, which is not the same as no result. Two CHECKs grow by
-- words; rows stay as they are.
alter table people drop constraint people_status_check;
alter table people add constraint people_status_check
  check (status in ('seeking', 'working_elsewhere', 'self_employed', 'studying', 'unreachable', 'unknown'));
alter table trainings drop constraint trainings_result_check;
alter table trainings add constraint trainings_result_check
  check (result is null or result in ('competent', 'not_yet', 'broken_off', 'running'));
