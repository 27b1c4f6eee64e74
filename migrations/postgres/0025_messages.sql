-- How somebody wants to be told, and how much: null where nobody asked.
alter table wishes add column contact_way text collate "C" check (contact_way in ('telephone', 'whatsapp', 'companion'));
alter table wishes add column contact_hour text collate "C" check (contact_hour is null or length(contact_hour) between 1 and 100);
alter table wishes add column message_content text collate "C" check (message_content in ('full', 'link_only'));

-- A yes written to a message is a consent: the number it came from, and the text it answered.
alter table consents drop constraint consents_channel_check;
alter table consents add constraint consents_channel_check check (channel in ('web', 'phone', 'counter', 'visit', 'whatsapp'));
alter table consents add column text_shown text collate "C" check (text_shown is null or length(text_shown) between 1 and 4000);
alter table consents drop constraint consents_check;
alter table consents add check (channel not in ('phone', 'whatsapp') or number_dialled is not null);
alter table consents add check ((channel = 'whatsapp') = (text_shown is not null));

-- What somebody is told. A row is written with the event it is about, `occasion` makes it single; it holds no word of the text,
-- and is true while its application is in `while_state`.
create table messages (
  id uuid primary key,
  kind text collate "C" not null check (kind in ('referral', 'reminder', 'overdue', 'vacancy_expiring', 'employer_overdue',
    'interview_set', 'to_answer', 'interview', 'offer', 'start')),
  reader text collate "C" not null check (reader in ('employer', 'office', 'person')),
  occasion text collate "C" not null,
  application_id uuid references applications (id),
  vacancy_id uuid references vacancies (id),
  employer_id uuid references employers (id),
  person_id uuid references people (id),
  while_state text collate "C",
  state text collate "C" not null check (state in ('waiting', 'opened', 'sent', 'answered', 'failed', 'dropped')),
  due_at timestamptz not null,
  tries bigint not null check (tries between 0 and 5),
  claim uuid,
  claimed_until timestamptz,
  failure text collate "C" check (failure in ('unreachable', 'not_now', 'refused', 'bad_address', 'no_address')),
  made_at timestamptz not null,
  sent_at timestamptz,
  sent_by uuid references accounts (id),
  reply text collate "C" check (reply in ('yes', 'no', 'other')),
  replied_at timestamptz,
  check ((claim is null) = (claimed_until is null)),
  check ((reader = 'person') = (person_id is not null)),
  check ((state = 'answered') = (reply is not null)),
  check ((reply is null) = (replied_at is null))
);
create unique index messages_occasion on messages (kind, occasion);
create index messages_due on messages (due_at, id) where state = 'waiting';
create index messages_list on messages (state, made_at, id);
create index messages_application on messages (application_id, made_at);
create index messages_person on messages (person_id, made_at, id);
create index messages_claim on messages (claim) where claim is not null;
-- Who else has the same phone.
create index people_phone on people (phone) where phone is not null;
