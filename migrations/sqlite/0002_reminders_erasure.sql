-- A reminder to an employer that an answer is due, so many working days after the referral. Its key makes it once,
-- however many replicas look at the clock.
create table reminders (
  application_id blob not null references applications (id),
  day integer not null check (day between 1 and 60),
  created_at text not null,
  primary key (application_id, day)
) strict;

-- Erasure of personal data (UU 27/2022 art. 8, 43, 44): the row stays, because applications, events and runs name it
-- by its id; what it said is gone. Here: that it happened, on which ground, who asked.
alter table people add column erased_at text;
create table erasures (
  person_id blob primary key references people (id),
  ground text not null check (ground in ('requested', 'consent_withdrawn', 'no_longer_needed', 'unlawful')),
  asked_by text not null check (asked_by in ('person', 'family', 'office')),
  account_id blob references accounts (id),
  erased_at text not null
) strict;

-- Which request a kept answer belongs to: its address names the person or application, whose erasure makes the service
-- forget it.
alter table idempotency_keys add column address text;

-- Append-only with one exception each, for erasure: the number dialled becomes the word 'erased', the own words behind
-- the code of a reason go (or all of it, where there was no code). Nothing else may change.
drop trigger consents_no_update;
create trigger consents_no_update before update on consents
when new.number_dialled is not 'erased' or new.id is not old.id or new.application_id is not old.application_id
  or new.person_id is not old.person_id or new.vacancy_id is not old.vacancy_id or new.employer_id is not old.employer_id
  or new.channel is not old.channel or new.self_spoke is not old.self_spoke or new.officer_id is not old.officer_id
  or new.wording is not old.wording or new.ends_on is not old.ends_on or new.given_at is not old.given_at
begin select raise(abort, 'consents is append-only'); end;

drop trigger application_events_no_update;
create trigger application_events_no_update before update on application_events
when old.reason is null or (new.reason is not 'erased' and new.reason is not substr(old.reason, 1, instr(old.reason || ':', ':') - 1))
  or new.id is not old.id or new.application_id is not old.application_id or new.version is not old.version
  or new.event is not old.event or new.from_state is not old.from_state or new.to_state is not old.to_state
  or new.actor is not old.actor or new.account_id is not old.account_id or new.organisation_id is not old.organisation_id
  or new.cause_id is not old.cause_id or new.at is not old.at
begin select raise(abort, 'application_events is append-only'); end;
