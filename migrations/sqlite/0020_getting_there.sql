-- Whether people are taken to work, can live there, and work in shifts, as the vacancy tells it: null where it does not, and
-- then what its text says counts. Whether somebody would live at work: null where nobody asked.
alter table vacancies add column shuttle integer check (shuttle in (0, 1));
alter table vacancies add column dormitory integer check (dormitory in (0, 1));
alter table vacancies add column shifts integer check (shifts in (0, 1));
alter table wishes add column dormitory_ok integer check (dormitory_ok in (0, 1));
