-- A token that is forgotten is looked for among the successors of others (the foreign key): without this index each was
-- looked for in the whole table.
create index refresh_tokens_successor on refresh_tokens (replaced_by) where replaced_by is not null;
