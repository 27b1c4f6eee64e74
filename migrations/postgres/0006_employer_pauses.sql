-- Two texts that one column held: why the employer asks for what is flagged (restriction_reason), and by which written
-- reason an officer let it through (written_reason). What was published was let through under the text that stands there,
-- whoever wrote it: it stays in both. What was not published yet waits for an officer's own.
-- Pauses by suspension need no column: the event that paused a vacancy (vacancy_events) tells them apart.
alter table vacancies add column written_reason text collate "C";
update vacancies set written_reason = restriction_reason where restriction_reason is not null
  and (state in ('open', 'paused', 'filled')
    or exists (select 1 from vacancy_events e where e.vacancy_id = vacancies.id and e.event = 'publish'));
