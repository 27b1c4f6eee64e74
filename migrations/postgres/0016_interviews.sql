-- When and where the person is expected, as the invitation says it; a later invitation replaces it.
create table interviews (
  application_id uuid primary key references applications (id),
  on_day date not null,
  hour text collate "C" not null check (hour ~ '^[0-2][0-9]:[0-5][0-9]$'),
  place text collate "C" not null check (length(place) between 1 and 500),
  bring text collate "C" check (length(bring) between 1 and 500),
  made_at timestamptz not null
);
