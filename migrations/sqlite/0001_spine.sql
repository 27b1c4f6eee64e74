-- One row: who this store is. The search index carries store_id and restore_epoch in every commit.
create table store_meta (
  only_row integer primary key check (only_row = 1),
  store_id blob not null,
  restore_epoch integer not null default 0,
  outbox_pruned_to integer not null default 0
) strict;

-- Offices that may act: the labour office, other agencies, village governments.
create table organisations (
  id blob primary key,
  name text not null check (length(name) between 1 and 200),
  kind text not null check (kind in ('labour_office', 'agency', 'village')),
  village text,
  created_at text not null,
  check ((kind = 'village') = (village is not null))
) strict;

create table employers (
  id blob primary key,
  name text not null check (length(name) between 1 and 200),
  nib text unique check (nib is null or length(nib) = 13),
  industry text,
  address text,
  village text,
  contact_name text,
  contact_phone text,
  email text,
  state text not null check (state in ('registered', 'verified', 'suspended', 'rejected')),
  sample integer not null check (sample in (0, 1)),
  version integer not null check (version >= 1),
  created_at text not null,
  updated_at text not null
) strict;
create index employers_page on employers (created_at, id);
create index employers_name on employers (name);

-- A login. It may hold several persons (a family phone); what it may do is its role and its rights.
create table accounts (
  id blob primary key,
  login text not null unique check (length(login) between 3 and 100),
  password_hash text not null,
  role text not null check (role in ('trainee', 'companion', 'employer', 'staff', 'supervisor', 'agency', 'administrator')),
  state text not null check (state in ('active', 'disabled')),
  organisation_id blob references organisations (id),
  employer_id blob references employers (id),
  failed_logins integer not null default 0 check (failed_logins >= 0),
  locked_until text,
  created_at text not null,
  check ((role in ('staff', 'supervisor', 'companion', 'agency')) = (organisation_id is not null)),
  check ((role = 'employer') = (employer_id is not null))
) strict;

create table account_rights (
  account_id blob not null references accounts (id),
  held text not null check (held in ('verify', 'confirm', 'nominate', 'report')),
  primary key (account_id, held)
) strict;

create table refresh_tokens (
  id blob primary key,
  account_id blob not null references accounts (id),
  family_id blob not null,
  token_hash blob not null unique,
  issued_at text not null,
  expires_at text not null,
  used_at text,
  replaced_by blob references refresh_tokens (id),
  revoked_at text
) strict;
create index refresh_tokens_family on refresh_tokens (family_id);

-- Vacancies: the fields of Perpres 57/2023 Ps 5 and Permenaker 18/2024 Ps 4. taken, live and slots are the counters
-- that keep every limit: two confirmations at once meet here, not in a count.
create table vacancies (
  id blob primary key,
  employer_id blob not null references employers (id),
  title text not null check (length(title) between 1 and 300),
  occupation_code text,
  classification text not null default 'KBJI2014',
  description text not null,
  village text,
  place_text text,
  seats integer check (seats is null or seats between 1 and 10000),
  reserved_seats integer not null default 0 check (reserved_seats >= 0 and reserved_seats <= coalesce(seats, 0)),
  taken integer not null default 0 check (taken >= 0 and taken <= coalesce(seats, 0)),
  live integer not null default 0 check (live >= 0),
  slots integer not null default 0 check (live <= slots),
  wage_min integer check (wage_min is null or wage_min > 0),
  wage_max integer check (wage_max is null or wage_max >= coalesce(wage_min, 1)),
  working_hours text,
  conditions text,
  employment_type text check (employment_type is null or employment_type in
    ('pkwtt', 'pkwt', 'harian_lepas', 'borongan', 'alih_daya', 'magang')),
  education_min text,
  experience_months integer check (experience_months is null or experience_months between 0 and 600),
  skills text not null,
  certificates text not null,
  closes_on text,
  age_min integer check (age_min is null or age_min between 0 and 99),
  age_max integer check (age_max is null or age_max between 0 and 99),
  sex text check (sex is null or sex in ('male', 'female')),
  marital_status text,
  flags text not null,
  missing text not null,
  restriction_reason text,
  portal_url text,
  portal_reported integer not null default false check (portal_reported in (0, 1)),
  answers integer not null default 0 check (answers >= 0),
  refusals integer not null default 0 check (refusals >= 0 and refusals <= answers),
  said text,
  said_at_answers integer not null default 0 check (said_at_answers >= 0),
  said_at_refusals integer not null default 0 check (said_at_refusals >= 0),
  state text not null check (state in
    ('draft', 'incomplete', 'submitted', 'open', 'paused', 'filled', 'closed', 'expired', 'rejected')),
  sample integer not null check (sample in (0, 1)),
  source text,
  external_id text,
  version integer not null check (version >= 1),
  created_at text not null,
  updated_at text not null,
  unique (source, external_id),
  check (state not in ('open', 'paused', 'filled') or
    (seats is not null and closes_on is not null and village is not null))
) strict;
create index vacancies_page on vacancies (created_at, id);
create index vacancies_employer on vacancies (employer_id, created_at, id);
create index vacancies_state on vacancies (state);

-- Announced months ahead; counts as demand in the gap report, never in an assignment.
create table hiring_plans (
  id blob primary key,
  employer_id blob not null references employers (id),
  job text not null check (length(job) between 1 and 300),
  occupation_code text,
  seats integer not null check (seats between 1 and 10000),
  village text,
  month text not null,
  certainty text not null check (certainty in ('idea', 'likely', 'decided')),
  created_at text not null
) strict;
create index hiring_plans_employer on hiring_plans (employer_id, created_at, id);

-- People: any resident. The NIK is kept encrypted; nik_lookup is a keyed hash to find it again.
create table people (
  id blob primary key,
  nik_cipher blob not null,
  nik_key integer not null,
  nik_lookup blob not null unique,
  family_key blob,
  name text not null check (length(name) between 1 and 200),
  sex text check (sex is null or sex in ('male', 'female')),
  birth_date text not null,
  phone text,
  village text,
  address text,
  education text,
  major text,
  disability text,
  status text not null check (status in ('seeking', 'working_elsewhere', 'self_employed', 'studying', 'unreachable')),
  available_from text,
  ak1_number text,
  registered_on text not null,
  objects_to_ranking integer not null default false check (objects_to_ranking in (0, 1)),
  live integer not null default 0 check (live between 0 and 3),
  placed integer not null default 0 check (placed between 0 and 1),
  nominated_by blob references organisations (id),
  sample integer not null check (sample in (0, 1)),
  version integer not null check (version >= 1),
  created_at text not null,
  updated_at text not null
) strict;
create index people_page on people (created_at, id);
create index people_village on people (village, created_at, id);
create index people_nominated on people (nominated_by, created_at, id);

create table account_people (
  account_id blob not null references accounts (id),
  person_id blob not null references people (id),
  primary key (account_id, person_id)
) strict;

create table wishes (
  person_id blob primary key references people (id),
  wage_floor integer check (wage_floor is null or wage_floor >= 0),
  max_distance_m integer check (max_distance_m is null or max_distance_m >= 0),
  shift_ok integer check (shift_ok in (0, 1)),
  transport text
) strict;

create table training_classes (
  id blob primary key,
  organisation_id blob references organisations (id),
  programme text not null,
  name text not null,
  starts_on text,
  ends_on text,
  created_at text not null,
  unique (programme, name)
) strict;

create table trainings (
  id blob primary key,
  person_id blob not null references people (id),
  class_id blob references training_classes (id),
  programme text not null check (length(programme) between 1 and 200),
  ended_on text,
  result text check (result is null or result in ('competent', 'not_yet'))
) strict;
create index trainings_person on trainings (person_id);

create table certificates (
  id blob primary key,
  person_id blob not null references people (id),
  name text not null check (length(name) between 1 and 200),
  issued_on text,
  expires_on text
) strict;
create index certificates_person on certificates (person_id);

create table experiences (
  id blob primary key,
  person_id blob not null references people (id),
  job text not null check (length(job) between 1 and 200),
  months integer not null check (months between 0 and 720)
) strict;
create index experiences_person on experiences (person_id);

create table person_skills (
  person_id blob not null references people (id),
  skill text not null check (length(skill) between 1 and 100),
  primary key (person_id, skill)
) strict;

-- Evidence of priority: dated, with its source, and it expires.
create table criteria (
  id blob primary key,
  person_id blob not null references people (id),
  criterion text not null check (criterion in ('desil', 'disability', 'long_unemployment', 'laid_off')),
  value integer not null,
  source text not null check (length(source) between 1 and 200),
  dated_on text not null,
  expires_on text not null,
  organisation_id blob references organisations (id),
  check (criterion <> 'desil' or value between 1 and 10),
  check (expires_on >= dated_on),
  unique (person_id, criterion, dated_on)
) strict;

create table policies (
  id blob primary key,
  name text not null,
  revision integer not null check (revision >= 1),
  body text not null,
  created_by blob references accounts (id),
  created_at text not null,
  unique (name, revision)
) strict;

create table runs (
  id blob primary key,
  policy_id blob not null references policies (id),
  state text not null check (state in ('running', 'done', 'failed', 'published')),
  as_of text not null,
  seed integer not null,
  started_by blob references accounts (id),
  started_at text not null,
  finished_at text,
  published_at text,
  summary text,
  inputs blob,
  failure text
) strict;
create unique index runs_one_running on runs (state) where state = 'running';
create index runs_page on runs (started_at, id);

create table run_proposals (
  run_id blob not null references runs (id),
  vacancy_id blob not null references vacancies (id),
  person_id blob not null references people (id),
  place integer not null check (place >= 1),
  kind text not null check (kind in ('proposal', 'reserve')),
  fit integer not null check (fit between 0 and 1000),
  priority integer not null check (priority between 0 and 300),
  explanation text not null,
  dropped text,
  primary key (run_id, vacancy_id, person_id)
) strict;
create unique index run_proposals_one_each on run_proposals (run_id, person_id) where kind = 'proposal';
create index run_proposals_place on run_proposals (run_id, vacancy_id, kind, place);

create table applications (
  id blob primary key,
  person_id blob not null references people (id),
  vacancy_id blob not null references vacancies (id),
  run_id blob references runs (id),
  state text not null check (state in ('proposed', 'consented', 'confirmed', 'queued', 'referred', 'interview', 'offered',
    'hired', 'started', 'ended', 'dismissed', 'declined', 'refused', 'withdrawn', 'lapsed', 'closed', 'retired',
    'superseded', 'no_show')),
  held integer not null default false check (held in (0, 1)),
  reserve_order integer not null,
  fit integer not null default 0 check (fit between 0 and 1000),
  priority integer not null default 0 check (priority between 0 and 300),
  deadline text,
  starts_on text,
  letter_number text unique,
  version integer not null check (version >= 1),
  created_at text not null,
  updated_at text not null
) strict;
create unique index applications_one_open on applications (person_id, vacancy_id) where state in
  ('proposed', 'consented', 'confirmed', 'queued', 'referred', 'interview', 'offered', 'hired');
create index applications_page on applications (created_at, id);
create index applications_vacancy on applications (vacancy_id, state, reserve_order, id);
create index applications_person on applications (person_id, state);
create index applications_queue on applications (state, reserve_order, id);

create table letter_numbers (
  year integer primary key,
  last integer not null check (last >= 0)
) strict;

-- What happened, one row a change, ids only (erasing a person leaves the chain whole). Append-only by trigger.
create table application_events (
  id blob primary key,
  application_id blob not null references applications (id),
  version integer not null,
  event text not null,
  from_state text,
  to_state text not null,
  actor text not null check (actor in ('person', 'companion', 'staff', 'supervisor', 'employer', 'system')),
  account_id blob references accounts (id),
  organisation_id blob,
  reason text,
  cause_id blob references application_events (id),
  at text not null,
  unique (application_id, version)
) strict;
create index application_events_cause on application_events (cause_id);

create table vacancy_events (
  id blob primary key,
  vacancy_id blob not null references vacancies (id),
  version integer not null,
  event text not null,
  from_state text,
  to_state text not null,
  actor text not null,
  account_id blob references accounts (id),
  reason text,
  cause_id blob,
  at text not null,
  unique (vacancy_id, version)
) strict;

create table employer_events (
  id blob primary key,
  employer_id blob not null references employers (id),
  version integer not null,
  event text not null,
  from_state text,
  to_state text not null,
  actor text not null,
  account_id blob references accounts (id),
  reason text,
  at text not null,
  unique (employer_id, version)
) strict;

-- The person's consent to share a profile with one employer for one job, as it was given.
create table consents (
  id blob primary key,
  application_id blob not null references applications (id),
  person_id blob not null references people (id),
  vacancy_id blob not null references vacancies (id),
  employer_id blob not null references employers (id),
  channel text not null check (channel in ('web', 'phone', 'counter', 'visit')),
  number_dialled text,
  self_spoke integer not null check (self_spoke in (0, 1)),
  officer_id blob references accounts (id),
  wording text not null,
  ends_on text not null,
  given_at text not null,
  check (channel <> 'phone' or number_dialled is not null)
) strict;
create index consents_application on consents (application_id);

create table contact_attempts (
  id blob primary key,
  application_id blob not null references applications (id),
  channel text not null check (channel in ('phone', 'whatsapp', 'visit')),
  outcome text not null check (outcome in ('reached', 'no_answer', 'wrong_number', 'someone_else')),
  officer_id blob references accounts (id),
  on_day text not null,
  at text not null
) strict;
create index contact_attempts_application on contact_attempts (application_id, on_day);

create table follow_ups (
  id blob primary key,
  application_id blob not null references applications (id),
  month integer not null check (month in (1, 3, 6)),
  due_on text not null,
  still_working integer check (still_working in (0, 1)),
  note text,
  recorded_by blob references accounts (id),
  recorded_at text,
  unique (application_id, month)
) strict;

create table audit (
  id blob primary key,
  at text not null,
  account_id blob,
  actor text not null,
  organisation_id blob,
  action text not null,
  object_kind text not null,
  object_id blob,
  event_id blob
) strict;
create index audit_at on audit (at, id);
create index audit_object on audit (object_id);

-- Hash chain over the audit rows of one minute, sealed by a job so that replicas do not wait for each other.
create table audit_seals (
  minute text primary key,
  row_count integer not null,
  previous blob not null,
  seal blob not null,
  sealed_at text not null
) strict;

create table outbox (
  seq integer primary key autoincrement,
  txid integer not null default 0,
  kind text not null check (kind in ('vacancy', 'person')),
  object_id blob not null
) strict;

create table idempotency_keys (
  account_id blob not null references accounts (id),
  key text not null check (length(key) between 8 and 200),
  request_hash blob not null,
  status integer not null,
  body text not null,
  created_at text not null,
  primary key (account_id, key)
) strict;

-- Append-only: what was recorded stays recorded.
create trigger application_events_no_update before update on application_events begin select raise(abort, 'application_events is append-only'); end;
create trigger application_events_no_delete before delete on application_events begin select raise(abort, 'application_events is append-only'); end;
create trigger vacancy_events_no_update before update on vacancy_events begin select raise(abort, 'vacancy_events is append-only'); end;
create trigger vacancy_events_no_delete before delete on vacancy_events begin select raise(abort, 'vacancy_events is append-only'); end;
create trigger employer_events_no_update before update on employer_events begin select raise(abort, 'employer_events is append-only'); end;
create trigger employer_events_no_delete before delete on employer_events begin select raise(abort, 'employer_events is append-only'); end;
create trigger audit_no_update before update on audit begin select raise(abort, 'audit is append-only'); end;
create trigger audit_no_delete before delete on audit begin select raise(abort, 'audit is append-only'); end;
create trigger consents_no_update before update on consents begin select raise(abort, 'consents is append-only'); end;
create trigger consents_no_delete before delete on consents begin select raise(abort, 'consents is append-only'); end;
