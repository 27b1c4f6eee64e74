-- Lists start from what the caller reaches or asks for and follow an index in the order of their pages (created_at, id).

-- The office's lists by state. Nothing read the order of the queue over all vacancies.
drop index applications_queue;
create index applications_state on applications (state, created_at, id);
-- Those about which an employer owes an answer: few, whatever the table holds.
create index applications_due on applications (created_at, id)
  where state in ('referred', 'interview', 'offered') and not held;
-- What an employer sees of a vacancy: those who were referred.
create index applications_referred on applications (vacancy_id, created_at, id) where letter_number is not null;

drop index vacancies_state;
create index vacancies_state on vacancies (state, created_at, id);
create index employers_state on employers (state, created_at, id);
create index hiring_plans_page on hiring_plans (created_at, id);

-- What runs said about a pair.
create index run_proposals_pair on run_proposals (person_id, vacancy_id, run_id);

-- Erasure and the end of a login start from the person or the login.
create index consents_person on consents (person_id);
create index account_people_person on account_people (person_id);
create index refresh_tokens_account on refresh_tokens (account_id);
