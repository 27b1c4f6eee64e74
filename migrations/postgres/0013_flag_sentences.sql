-- Each flag of a vacancy keeps its sentences and the reason an officer gave for it, in the column that held the kinds; rows of
-- before are read as they are. judged_by: which finder said so, so that open vacancies are judged again once by each.
-- flags_open_since: when it found something that no officer has answered yet.
alter table vacancies add column judged_by text collate "C" not null default '';
alter table vacancies add column flags_open_since timestamptz;
create index vacancies_flags_open on vacancies (created_at, id) where flags_open_since is not null;
