-- How somebody wants to be told, and how much: null where nobody asked.
alter table wishes add column contact_way text check (contact_way in ('telephone', 'whatsapp', 'companion'));
alter table wishes add column contact_hour text check (contact_hour is null or length(contact_hour) between 1 and 100);
alter table wishes add column message_content text check (message_content in ('full', 'link_only'));

-- A yes written to a message is a consent: the number it came from, and the text it answered.
create table consents_new (
  id blob primary key,
  application_id blob not null references applications (id),
  person_id blob not null references people (id),
  vacancy_id blob not null references vacancies (id),
  employer_id blob not null references employers (id),
  channel text not null check (channel in ('web', 'phone', 'counter', 'visit', 'whatsapp')),
  number_dialled text,
  self_spoke integer not null check (self_spoke in (0, 1)),
  officer_id blob references accounts (id),
  wording text not null,
  ends_on text not null,
  given_at text not null,
  guardian text check (guardian is null or guardian in ('father', 'mother', 'guardian')),
  text_shown text check (text_shown is null or length(text_shown) between 1 and 4000),
  check (channel not in ('phone', 'whatsapp') or number_dialled is not null),
  check ((channel = 'whatsapp') = (text_shown is not null))
) strict;
insert into consents_new (id, application_id, person_id, vacancy_id, employer_id, channel, number_dialled, self_spoke, officer_id,
  wording, ends_on, given_at, guardian)
select id, application_id, person_id, vacancy_id, employer_id, channel, number_dialled, self_spoke, officer_id, wording, ends_on,
  given_at, guardian from consents;
drop table consents;
alter table consents_new rename to consents;
create index consents_application on consents (application_id);
create index consents_person on consents (person_id);
create trigger consents_no_update before update on consents
when new.number_dialled is not 'erased' or new.id is not old.id or new.application_id is not old.application_id
  or new.person_id is not old.person_id or new.vacancy_id is not old.vacancy_id or new.employer_id is not old.employer_id
  or new.channel is not old.channel or new.self_spoke is not old.self_spoke or new.officer_id is not old.officer_id
  or new.wording is not old.wording or new.ends_on is not old.ends_on or new.given_at is not old.given_at
  or new.guardian is not old.guardian or new.text_shown is not old.text_shown
begin select raise(abort, 'consents is append-only'); end;
create trigger consents_no_delete before delete on consents begin select raise(abort, 'consents is append-only'); end;

-- What somebody is told. A row is written with the event it is about, `occasion` makes it single; it holds no word of the text,
-- and is true while its application is in `while_state`.
create table messages (
  id blob primary key,
  kind text not null check (kind in ('referral', 'reminder', 'overdue', 'vacancy_expiring', 'employer_overdue', 'interview_set',
    'to_answer', 'interview', 'offer', 'start')),
  reader text not null check (reader in ('employer', 'office', 'person')),
  occasion text not null,
  application_id blob references applications (id),
  vacancy_id blob references vacancies (id),
  employer_id blob references employers (id),
  person_id blob references people (id),
  while_state text,
  state text not null check (state in ('waiting', 'opened', 'sent', 'answered', 'failed', 'dropped')),
  due_at text not null,
  tries integer not null check (tries between 0 and 5),
  claim blob,
  claimed_until text,
  failure text check (failure in ('unreachable', 'not_now', 'refused', 'bad_address', 'no_address')),
  made_at text not null,
  sent_at text,
  sent_by blob references accounts (id),
  reply text check (reply in ('yes', 'no', 'other')),
  replied_at text,
  check ((claim is null) = (claimed_until is null)),
  check ((reader = 'person') = (person_id is not null)),
  check ((state = 'answered') = (reply is not null)),
  check ((reply is null) = (replied_at is null))
) strict;
create unique index messages_occasion on messages (kind, occasion);
create index messages_due on messages (due_at, id) where state = 'waiting';
create index messages_list on messages (state, made_at, id);
create index messages_application on messages (application_id, made_at);
create index messages_person on messages (person_id, made_at, id);
create index messages_claim on messages (claim) where claim is not null;
-- Who else has the same phone.
create index people_phone on people (phone) where phone is not null;
