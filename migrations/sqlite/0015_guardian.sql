-- Whoever is below 18 on the first day may do an internship with the written consent of father, mother or guardian
-- (Permenaker 6/2020): who of them signed is kept with the person's own consent, without a name.
alter table consents add column guardian text check (guardian is null or guardian in ('father', 'mother', 'guardian'));

drop trigger consents_no_update;
create trigger consents_no_update before update on consents
when new.number_dialled is not 'erased' or new.id is not old.id or new.application_id is not old.application_id
  or new.person_id is not old.person_id or new.vacancy_id is not old.vacancy_id or new.employer_id is not old.employer_id
  or new.channel is not old.channel or new.self_spoke is not old.self_spoke or new.officer_id is not old.officer_id
  or new.wording is not old.wording or new.ends_on is not old.ends_on or new.given_at is not old.given_at
  or new.guardian is not old.guardian
begin select raise(abort, 'consents is append-only'); end;
