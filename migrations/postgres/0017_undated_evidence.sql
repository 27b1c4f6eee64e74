-- Evidence whose date nobody told. An earlier program dated what a row brought without a date on the day it was taken in;
-- the present one keeps nothing undated. What bears the day (WIB) on which its person was taken in is marked, so that
-- officers look it up. A disability is told by the registration itself, whose day that is.
alter table criteria add column undated boolean not null default false;
update criteria set undated = true where source not like 'registration (%'
  and dated_on = (select cast(p.created_at at time zone 'Asia/Jakarta' as date) from people p where p.id = criteria.person_id);
create index criteria_undated on criteria (dated_on, id) where undated;
