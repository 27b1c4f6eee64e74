-- When and where the person is expected, as the invitation says it; a later invitation replaces it.
create table interviews (
  application_id blob primary key references applications (id),
  on_day text not null,
  hour text not null check (hour glob '[0-2][0-9]:[0-5][0-9]'),
  place text not null check (length(place) between 1 and 500),
  bring text check (length(bring) between 1 and 500),
  made_at text not null
) strict;
