-- What an employer was told on a business day about how many people suit a vacancy, in bands: whoever edits the vacancy
-- 200 times in a day and asks after each edit is told the same. No exact number is kept here.
create table suitable_counts (
  vacancy_id uuid not null references vacancies (id),
  asked text collate "C" not null check (asked in ('candidates', 'summary')),
  counted_on date not null,
  told jsonb not null,
  primary key (vacancy_id, asked)
);

-- Since when the person knows of an application: what no officer confirmed yet is not shown to residents, unless they
-- said something about it themselves. Once known stays known.
alter table applications add column known_since timestamptz;
update applications set known_since = (select min(e.at) from application_events e where e.application_id = applications.id
  and e.to_state in ('consented', 'confirmed', 'queued', 'referred', 'interview', 'offered', 'hired', 'started', 'ended',
  'declined', 'refused', 'withdrawn', 'no_show'));
