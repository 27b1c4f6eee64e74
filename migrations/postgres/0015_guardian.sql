-- Whoever is below 18 on the first day may do an internship with the written consent of father, mother or guardian
-- (Permenaker 6/2020): who of them signed is kept with the person's own consent, without a name.
alter table consents add column guardian text collate "C" check (guardian is null or guardian in ('father', 'mother', 'guardian'));
