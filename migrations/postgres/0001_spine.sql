-- One row: who this store is. The search index carries store_id and restore_epoch in every commit.
create table store_meta (
  only_row bigint primary key check (only_row = 1),
  store_id uuid not null,
  restore_epoch bigint not null default 0,
  outbox_pruned_to bigint not null default 0
);

-- Offices that may act: the labour office, other agencies, village governments.
create table organisations (
  id uuid primary key,
  name text collate "C" not null check (length(name) between 1 and 200),
  kind text collate "C" not null check (kind in ('labour_office', 'agency', 'village')),
  village text collate "C",
  created_at timestamptz not null,
  check ((kind = 'village') = (village is not null))
);

create table employers (
  id uuid primary key,
  name text collate "C" not null check (length(name) between 1 and 200),
  nib text collate "C" unique check (nib is null or length(nib) = 13),
  industry text collate "C",
  address text collate "C",
  village text collate "C",
  contact_name text collate "C",
  contact_phone text collate "C",
  email text collate "C",
  state text collate "C" not null check (state in ('registered', 'verified', 'suspended', 'rejected')),
  sample boolean not null,
  version bigint not null check (version >= 1),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index employers_page on employers (created_at, id);
create index employers_name on employers (name);

-- A login. It may hold several persons (a family phone); what it may do is its role and its rights.
create table accounts (
  id uuid primary key,
  login text collate "C" not null unique check (length(login) between 3 and 100),
  password_hash text collate "C" not null,
  role text collate "C" not null check (role in ('trainee', 'companion', 'employer', 'staff', 'supervisor', 'agency', 'administrator')),
  state text collate "C" not null check (state in ('active', 'disabled')),
  organisation_id uuid references organisations (id),
  employer_id uuid references employers (id),
  failed_logins bigint not null default 0 check (failed_logins >= 0),
  locked_until timestamptz,
  created_at timestamptz not null,
  check ((role in ('staff', 'supervisor', 'companion', 'agency')) = (organisation_id is not null)),
  check ((role = 'employer') = (employer_id is not null))
);

create table account_rights (
  account_id uuid not null references accounts (id),
  held text collate "C" not null check (held in ('verify', 'confirm', 'nominate', 'report')),
  primary key (account_id, held)
);

create table refresh_tokens (
  id uuid primary key,
  account_id uuid not null references accounts (id),
  family_id uuid not null,
  token_hash bytea not null unique,
  issued_at timestamptz not null,
  expires_at timestamptz not null,
  used_at timestamptz,
  replaced_by uuid references refresh_tokens (id),
  revoked_at timestamptz
);
create index refresh_tokens_family on refresh_tokens (family_id);

-- Vacancies: the fields of Perpres 57/2023 Ps 5 and Permenaker 18/2024 Ps 4. taken, live and slots are the counters
-- that keep every limit: two confirmations at once meet here, not in a count.
create table vacancies (
  id uuid primary key,
  employer_id uuid not null references employers (id),
  title text collate "C" not null check (length(title) between 1 and 300),
  occupation_code text collate "C",
  classification text collate "C" not null default 'KBJI2014',
  description text collate "C" not null,
  village text collate "C",
  place_text text collate "C",
  seats bigint check (seats is null or seats between 1 and 10000),
  reserved_seats bigint not null default 0 check (reserved_seats >= 0 and reserved_seats <= coalesce(seats, 0)),
  taken bigint not null default 0 check (taken >= 0 and taken <= coalesce(seats, 0)),
  live bigint not null default 0 check (live >= 0),
  slots bigint not null default 0 check (live <= slots),
  wage_min bigint check (wage_min is null or wage_min > 0),
  wage_max bigint check (wage_max is null or wage_max >= coalesce(wage_min, 1)),
  working_hours text collate "C",
  conditions text collate "C",
  employment_type text collate "C" check (employment_type is null or employment_type in
    ('pkwtt', 'pkwt', 'harian_lepas', 'borongan', 'alih_daya', 'magang')),
  education_min text collate "C",
  experience_months bigint check (experience_months is null or experience_months between 0 and 600),
  skills jsonb not null,
  certificates jsonb not null,
  closes_on date,
  age_min bigint check (age_min is null or age_min between 0 and 99),
  age_max bigint check (age_max is null or age_max between 0 and 99),
  sex text collate "C" check (sex is null or sex in ('male', 'female')),
  marital_status text collate "C",
  flags jsonb not null,
  missing jsonb not null,
  restriction_reason text collate "C",
  portal_url text collate "C",
  portal_reported boolean not null default false,
  answers bigint not null default 0 check (answers >= 0),
  refusals bigint not null default 0 check (refusals >= 0 and refusals <= answers),
  said text collate "C",
  said_at_answers bigint not null default 0 check (said_at_answers >= 0),
  said_at_refusals bigint not null default 0 check (said_at_refusals >= 0),
  state text collate "C" not null check (state in
    ('draft', 'incomplete', 'submitted', 'open', 'paused', 'filled', 'closed', 'expired', 'rejected')),
  sample boolean not null,
  source text collate "C",
  external_id text collate "C",
  version bigint not null check (version >= 1),
  created_at timestamptz not null,
  updated_at timestamptz not null,
  unique (source, external_id),
  check (state not in ('open', 'paused', 'filled') or
    (seats is not null and closes_on is not null and village is not null))
);
create index vacancies_page on vacancies (created_at, id);
create index vacancies_employer on vacancies (employer_id, created_at, id);
create index vacancies_state on vacancies (state);

-- Announced months ahead; counts as demand in the gap report, never in an assignment.
create table hiring_plans (
  id uuid primary key,
  employer_id uuid not null references employers (id),
  job text collate "C" not null check (length(job) between 1 and 300),
  occupation_code text collate "C",
  seats bigint not null check (seats between 1 and 10000),
  village text collate "C",
  month date not null,
  certainty text collate "C" not null check (certainty in ('idea', 'likely', 'decided')),
  created_at timestamptz not null
);
create index hiring_plans_employer on hiring_plans (employer_id, created_at, id);

-- People: any resident. The NIK is kept encrypted; nik_lookup is a keyed hash to find it again.
create table people (
  id uuid primary key,
  nik_cipher bytea not null,
  nik_key bigint not null,
  nik_lookup bytea not null unique,
  family_key bytea,
  name text collate "C" not null check (length(name) between 1 and 200),
  sex text collate "C" check (sex is null or sex in ('male', 'female')),
  birth_date date not null,
  phone text collate "C",
  village text collate "C",
  address text collate "C",
  education text collate "C",
  major text collate "C",
  disability text collate "C",
  status text collate "C" not null check (status in ('seeking', 'working_elsewhere', 'self_employed', 'studying', 'unreachable')),
  available_from date,
  ak1_number text collate "C",
  registered_on date not null,
  objects_to_ranking boolean not null default false,
  live bigint not null default 0 check (live between 0 and 3),
  placed bigint not null default 0 check (placed between 0 and 1),
  nominated_by uuid references organisations (id),
  sample boolean not null,
  version bigint not null check (version >= 1),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create index people_page on people (created_at, id);
create index people_village on people (village, created_at, id);
create index people_nominated on people (nominated_by, created_at, id);

create table account_people (
  account_id uuid not null references accounts (id),
  person_id uuid not null references people (id),
  primary key (account_id, person_id)
);

create table wishes (
  person_id uuid primary key references people (id),
  wage_floor bigint check (wage_floor is null or wage_floor >= 0),
  max_distance_m bigint check (max_distance_m is null or max_distance_m >= 0),
  shift_ok boolean,
  transport text collate "C"
);

create table training_classes (
  id uuid primary key,
  organisation_id uuid references organisations (id),
  programme text collate "C" not null,
  name text collate "C" not null,
  starts_on date,
  ends_on date,
  created_at timestamptz not null,
  unique (programme, name)
);

create table trainings (
  id uuid primary key,
  person_id uuid not null references people (id),
  class_id uuid references training_classes (id),
  programme text collate "C" not null check (length(programme) between 1 and 200),
  ended_on date,
  result text collate "C" check (result is null or result in ('competent', 'not_yet'))
);
create index trainings_person on trainings (person_id);

create table certificates (
  id uuid primary key,
  person_id uuid not null references people (id),
  name text collate "C" not null check (length(name) between 1 and 200),
  issued_on date,
  expires_on date
);
create index certificates_person on certificates (person_id);

create table experiences (
  id uuid primary key,
  person_id uuid not null references people (id),
  job text collate "C" not null check (length(job) between 1 and 200),
  months bigint not null check (months between 0 and 720)
);
create index experiences_person on experiences (person_id);

create table person_skills (
  person_id uuid not null references people (id),
  skill text collate "C" not null check (length(skill) between 1 and 100),
  primary key (person_id, skill)
);

-- Evidence of priority: dated, with its source, and it expires.
create table criteria (
  id uuid primary key,
  person_id uuid not null references people (id),
  criterion text collate "C" not null check (criterion in ('desil', 'disability', 'long_unemployment', 'laid_off')),
  value bigint not null,
  source text collate "C" not null check (length(source) between 1 and 200),
  dated_on date not null,
  expires_on date not null,
  organisation_id uuid references organisations (id),
  check (criterion <> 'desil' or value between 1 and 10),
  check (expires_on >= dated_on),
  unique (person_id, criterion, dated_on)
);

create table policies (
  id uuid primary key,
  name text collate "C" not null,
  revision bigint not null check (revision >= 1),
  body jsonb not null,
  created_by uuid references accounts (id),
  created_at timestamptz not null,
  unique (name, revision)
);

create table runs (
  id uuid primary key,
  policy_id uuid not null references policies (id),
  state text collate "C" not null check (state in ('running', 'done', 'failed', 'published')),
  as_of date not null,
  seed bigint not null,
  started_by uuid references accounts (id),
  started_at timestamptz not null,
  finished_at timestamptz,
  published_at timestamptz,
  summary jsonb,
  inputs bytea,
  failure text collate "C"
);
create unique index runs_one_running on runs (state) where state = 'running';
create index runs_page on runs (started_at, id);

create table run_proposals (
  run_id uuid not null references runs (id),
  vacancy_id uuid not null references vacancies (id),
  person_id uuid not null references people (id),
  place bigint not null check (place >= 1),
  kind text collate "C" not null check (kind in ('proposal', 'reserve')),
  fit bigint not null check (fit between 0 and 1000),
  priority bigint not null check (priority between 0 and 300),
  explanation jsonb not null,
  dropped text collate "C",
  primary key (run_id, vacancy_id, person_id)
);
create unique index run_proposals_one_each on run_proposals (run_id, person_id) where kind = 'proposal';
create index run_proposals_place on run_proposals (run_id, vacancy_id, kind, place);

create table applications (
  id uuid primary key,
  person_id uuid not null references people (id),
  vacancy_id uuid not null references vacancies (id),
  run_id uuid references runs (id),
  state text collate "C" not null check (state in ('proposed', 'consented', 'confirmed', 'queued', 'referred', 'interview', 'offered',
    'hired', 'started', 'ended', 'dismissed', 'declined', 'refused', 'withdrawn', 'lapsed', 'closed', 'retired',
    'superseded', 'no_show')),
  held boolean not null default false,
  reserve_order bigint not null,
  fit bigint not null default 0 check (fit between 0 and 1000),
  priority bigint not null default 0 check (priority between 0 and 300),
  deadline date,
  starts_on date,
  letter_number text collate "C" unique,
  version bigint not null check (version >= 1),
  created_at timestamptz not null,
  updated_at timestamptz not null
);
create unique index applications_one_open on applications (person_id, vacancy_id) where state in
  ('proposed', 'consented', 'confirmed', 'queued', 'referred', 'interview', 'offered', 'hired');
create index applications_page on applications (created_at, id);
create index applications_vacancy on applications (vacancy_id, state, reserve_order, id);
create index applications_person on applications (person_id, state);
create index applications_queue on applications (state, reserve_order, id);

create table letter_numbers (
  year bigint primary key,
  last bigint not null check (last >= 0)
);

-- What happened, one row a change, ids only (erasing a person leaves the chain whole). Append-only by trigger.
create table application_events (
  id uuid primary key,
  application_id uuid not null references applications (id),
  version bigint not null,
  event text collate "C" not null,
  from_state text collate "C",
  to_state text collate "C" not null,
  actor text collate "C" not null check (actor in ('person', 'companion', 'staff', 'supervisor', 'employer', 'system')),
  account_id uuid references accounts (id),
  organisation_id uuid,
  reason text collate "C",
  cause_id uuid references application_events (id),
  at timestamptz not null,
  unique (application_id, version)
);
create index application_events_cause on application_events (cause_id);

create table vacancy_events (
  id uuid primary key,
  vacancy_id uuid not null references vacancies (id),
  version bigint not null,
  event text collate "C" not null,
  from_state text collate "C",
  to_state text collate "C" not null,
  actor text collate "C" not null,
  account_id uuid references accounts (id),
  reason text collate "C",
  cause_id uuid,
  at timestamptz not null,
  unique (vacancy_id, version)
);

create table employer_events (
  id uuid primary key,
  employer_id uuid not null references employers (id),
  version bigint not null,
  event text collate "C" not null,
  from_state text collate "C",
  to_state text collate "C" not null,
  actor text collate "C" not null,
  account_id uuid references accounts (id),
  reason text collate "C",
  at timestamptz not null,
  unique (employer_id, version)
);

-- The person's consent to share a profile with one employer for one job, as it was given.
create table consents (
  id uuid primary key,
  application_id uuid not null references applications (id),
  person_id uuid not null references people (id),
  vacancy_id uuid not null references vacancies (id),
  employer_id uuid not null references employers (id),
  channel text collate "C" not null check (channel in ('web', 'phone', 'counter', 'visit')),
  number_dialled text collate "C",
  self_spoke boolean not null,
  officer_id uuid references accounts (id),
  wording text collate "C" not null,
  ends_on date not null,
  given_at timestamptz not null,
  check (channel <> 'phone' or number_dialled is not null)
);
create index consents_application on consents (application_id);

create table contact_attempts (
  id uuid primary key,
  application_id uuid not null references applications (id),
  channel text collate "C" not null check (channel in ('phone', 'whatsapp', 'visit')),
  outcome text collate "C" not null check (outcome in ('reached', 'no_answer', 'wrong_number', 'someone_else')),
  officer_id uuid references accounts (id),
  on_day date not null,
  at timestamptz not null
);
create index contact_attempts_application on contact_attempts (application_id, on_day);

create table follow_ups (
  id uuid primary key,
  application_id uuid not null references applications (id),
  month bigint not null check (month in (1, 3, 6)),
  due_on date not null,
  still_working boolean,
  note text collate "C",
  recorded_by uuid references accounts (id),
  recorded_at timestamptz,
  unique (application_id, month)
);

create table audit (
  id uuid primary key,
  at timestamptz not null,
  account_id uuid,
  actor text collate "C" not null,
  organisation_id uuid,
  action text collate "C" not null,
  object_kind text collate "C" not null,
  object_id uuid,
  event_id uuid
);
create index audit_at on audit (at, id);
create index audit_object on audit (object_id);

-- Hash chain over the audit rows of one minute, sealed by a job so that replicas do not wait for each other.
create table audit_seals (
  minute timestamptz primary key,
  row_count bigint not null,
  previous bytea not null,
  seal bytea not null,
  sealed_at timestamptz not null
);

create table outbox (
  seq bigint generated always as identity primary key,
  txid bigint not null default cast(cast(pg_current_xact_id() as text) as bigint),
  kind text collate "C" not null check (kind in ('vacancy', 'person')),
  object_id uuid not null
);

create table idempotency_keys (
  account_id uuid not null references accounts (id),
  key text collate "C" not null check (length(key) between 8 and 200),
  request_hash bytea not null,
  status bigint not null,
  body text collate "C" not null,
  created_at timestamptz not null,
  primary key (account_id, key)
);

-- Append-only: what was recorded stays recorded. The service's role should hold no update or delete right on these tables.
create function refuse_change() returns trigger language plpgsql as $$
begin
  raise exception '% is append-only', tg_table_name;
end $$;
create trigger application_events_append_only before update or delete or truncate on application_events for each statement execute function refuse_change();
create trigger vacancy_events_append_only before update or delete or truncate on vacancy_events for each statement execute function refuse_change();
create trigger employer_events_append_only before update or delete or truncate on employer_events for each statement execute function refuse_change();
create trigger audit_append_only before update or delete or truncate on audit for each statement execute function refuse_change();
create trigger consents_append_only before update or delete or truncate on consents for each statement execute function refuse_change();
