-- Whether people are taken to work, can live there, and work in shifts, as the vacancy tells it: null where it does not, and
-- then what its text says counts. Whether somebody would live at work: null where nobody asked.
alter table vacancies add column shuttle boolean;
alter table vacancies add column dormitory boolean;
alter table vacancies add column shifts boolean;
alter table wishes add column dormitory_ok boolean;
