-- A text to a person is kept as it was shown, with the number; a consent is read from this and from nothing else.
alter table messages add column text text collate "C";
alter table messages add column number text collate "C";
alter table messages add column content text collate "C" check (content in ('full', 'link_only'));
alter table messages add check (reader = 'person' or (text is null and number is null));
alter table messages add check ((text is null) = (content is null));

-- What an invitation took the place of, for as long as it can be taken back itself.
alter table interviews add column before_day date;
alter table interviews add column before_hour text collate "C";
alter table interviews add column before_place text collate "C";
alter table interviews add column before_bring text collate "C";
