-- A reminder to an employer that an answer is due, so many working days after the referral. Its key makes it once,
-- however many replicas look at the clock.
create table reminders (
  application_id uuid not null references applications (id),
  day bigint not null check (day between 1 and 60),
  created_at timestamptz not null,
  primary key (application_id, day)
);

-- Erasure of personal data (UU 27/2022 art. 8, 43, 44): the row stays, because applications, events and runs name it
-- by its id; what it said is gone. Here: that it happened, on which ground, who asked.
alter table people add column erased_at timestamptz;
create table erasures (
  person_id uuid primary key references people (id),
  ground text collate "C" not null check (ground in ('requested', 'consent_withdrawn', 'no_longer_needed', 'unlawful')),
  asked_by text collate "C" not null check (asked_by in ('person', 'family', 'office')),
  account_id uuid references accounts (id),
  erased_at timestamptz not null
);

-- Which request a kept answer belongs to: its address names the person or application, whose erasure makes the service
-- forget it.
alter table idempotency_keys add column address text collate "C";

-- Append-only with one exception each, for erasure: the number dialled becomes the word 'erased', the own words behind
-- the code of a reason go (or all of it, where there was no code). Nothing else may change.
drop trigger consents_append_only on consents;
create trigger consents_append_only before delete or truncate on consents for each statement execute function refuse_change();
create function only_the_number_erased() returns trigger language plpgsql as $$
begin
  if new.number_dialled is distinct from 'erased'
    or to_jsonb(new) - 'number_dialled' is distinct from to_jsonb(old) - 'number_dialled' then
    raise exception '% is append-only', tg_table_name;
  end if;
  return new;
end $$;
create trigger consents_only_the_number before update on consents for each row execute function only_the_number_erased();

drop trigger application_events_append_only on application_events;
create trigger application_events_append_only before delete or truncate on application_events for each statement execute function refuse_change();
create function only_own_words_erased() returns trigger language plpgsql as $$
begin
  if old.reason is null or (new.reason is distinct from 'erased' and new.reason is distinct from split_part(old.reason, ':', 1))
    or to_jsonb(new) - 'reason' is distinct from to_jsonb(old) - 'reason' then
    raise exception '% is append-only', tg_table_name;
  end if;
  return new;
end $$;
create trigger application_events_only_own_words before update on application_events for each row execute function only_own_words_erased();
