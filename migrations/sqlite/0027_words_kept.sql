-- A text to a person is kept as it was shown, with the number; a consent is read from this and from nothing else.
alter table messages add column text text check (reader = 'person' or text is null);
alter table messages add column number text check (reader = 'person' or number is null);
alter table messages add column content text check (content in ('full', 'link_only') and text is not null or content is null and text is null);

-- What an invitation took the place of, for as long as it can be taken back itself.
alter table interviews add column before_day text;
alter table interviews add column before_hour text;
alter table interviews add column before_place text;
alter table interviews add column before_bring text;
