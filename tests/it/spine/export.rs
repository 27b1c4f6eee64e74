//! The copy of one's own data: every column that is about a person stands in it or is left out for a reason, what it tells
//! is what lies in the tables, and nothing of anybody else is in it.
use std::{
    collections::{BTreeMap, BTreeSet},
    os::unix::fs::PermissionsExt,
    process::Command,
};

use padankerja::{
    app::{access::Role, system},
    domain::{
        contact::{ConsentChannel, Content, Guardian, Way},
        ids::{ApplicationId, PersonId},
        message::{Kind, Reply},
    },
    http::api,
    store::{Db, contacts, messages, organisations::OrganisationKind, own_data, people},
    words::id::own_data as words,
};
use reqwest::Method;
use serde_json::{Value, json};
use sqlx::{AssertSqlSafe, Row};
use uuid::Uuid;

use super::{
    cast::{Cast, VILLAGE, get, id, plain, post},
    erasure::matched,
};
use crate::support::{
    app::{Client, Place},
    database::{TestDb, both_databases},
};

/// Every column of a table that is about a person: where the copy tells it, or why it does not.
const COLUMNS: &str = "
people.id                        > people[].id
people.nik_cipher                : the NIK, locked; nobody reads it whole
people.nik_key                   : which key locked it
people.nik_lookup                : a keyed hash
people.family_key                : a keyed hash; the number itself is not held
people.name                      > people[].name
people.sex                       > people[].sex
people.birth_date                > people[].birth_date
people.phone                     > people[].contact.phone
people.village                   > people[].contact.village
people.address                   > people[].contact.address
people.education                 > people[].education
people.major                     > people[].major
people.disability                > people[].disability
people.status                    > people[].status
people.available_from            > people[].available_from
people.class_ends_on             : the last day of the training, told there
people.ak1_number                > people[].ak1_number
people.registered_on             > people[].registered_on
people.objects_to_ranking        > people[].objects_to_ranking
people.live                      > people[].live
people.placed                    > people[].placed
people.nominated_by              > people[].nominated_by
people.sample                    > people[].sample
people.version                   > people[].version
people.created_at                > people[].created_at
people.updated_at                > people[].updated_at
people.accompanied               > people[].accompanied
people.erased_at                 : whoever was erased is found by nobody, so there is nobody to copy

accounts.id                      : an id
accounts.login                   > login.name
accounts.password_hash           : with it the login could be opened
accounts.role                    : a resident's login has the one role
accounts.state                   : a login that asks is active
accounts.organisation_id         : a resident's login has none
accounts.employer_id             : a resident's login has none
accounts.failed_logins           : guards the login, gone with the next right password
accounts.locked_until            : guards the login
accounts.created_at              > login.created_at
account_people.account_id        : logins may be other people's; they are counted
account_people.person_id         > people[].logins
account_rights.account_id        : rights of officers
account_rights.held              : rights of officers
refresh_tokens.id                : with a token the login could be used
refresh_tokens.account_id        : as its id
refresh_tokens.family_id         : as its id
refresh_tokens.token_hash        : as its id
refresh_tokens.issued_at         : as its id
refresh_tokens.expires_at        : as its id
refresh_tokens.used_at           : as its id
refresh_tokens.replaced_by       : as its id
refresh_tokens.revoked_at        : as its id
sessions.id                      : with its key the login could be used
sessions.key_hash                : as its id
sessions.account_id              : as its id
sessions.person_id               : as its id
sessions.idle_minutes            : as its id
sessions.made_at                 : as its id
sessions.holds_until             : as its id
sessions.expires_at              : as its id

ranking_consents.id              : an id
ranking_consents.person_id       : whose it is
ranking_consents.given           > people[].ranking_consents[].given
ranking_consents.wording         > people[].ranking_consents[].wording
ranking_consents.class_id        > people[].ranking_consents[].in_class
ranking_consents.recorded_by     : which officer wrote it down is another person
ranking_consents.given_at        > people[].ranking_consents[].given_at
accompaniments.id                : an id
accompaniments.person_id         : whose it is
accompaniments.agreed            > people[].accompaniments[].agreed
accompaniments.channel           > people[].accompaniments[].channel
accompaniments.told_by           > people[].accompaniments[].told_by
accompaniments.recorded_by       : which officer wrote it down is another person
accompaniments.said_at           > people[].accompaniments[].said_at
profile_marks.person_id          : whose it is
profile_marks.item               > people[].marks[].item
profile_marks.said_by            > people[].marks[].said_by
profile_marks.said_at            > people[].marks[].said_at
profile_marks.verified_by        : which officer saw it is another person
profile_marks.verified_at        > people[].marks[].verified_at
change_requests.id               > people[].change_requests[].id
change_requests.person_id        : whose it is
change_requests.change           > people[].change_requests[].change
change_requests.stored           > people[].change_requests[].stored
change_requests.reason           > people[].change_requests[].reason
change_requests.evidence         > people[].change_requests[].evidence
change_requests.state            > people[].change_requests[].state
change_requests.asked_by         : logins may be other people's
change_requests.asked_at         > people[].change_requests[].asked_at
change_requests.decided_by       : which officer decided is another person
change_requests.decided_at       > people[].change_requests[].decided_at
change_requests.answer           > people[].change_requests[].answer
next_steps.id                    : an id
next_steps.person_id             : whose it is
next_steps.kind                  > people[].next_steps[].kind
next_steps.organisation_id       > people[].next_steps[].office
next_steps.account_id            : whose login it was; the office is told
next_steps.officer               > people[].next_steps[].officer
next_steps.due_on                > people[].next_steps[].due_on
next_steps.made_at               > people[].next_steps[].made_at
next_steps.made_by               : an officer
next_steps.run_id                > people[].next_steps[].by_run
next_steps.outcome               > people[].next_steps[].outcome
next_steps.note                  : an officer's own words, as in reasons; the outcome is told
next_steps.answered_at           > people[].next_steps[].answered_at
next_steps.answered_by           : an officer
nominations.id                   : an id
nominations.organisation_id      > people[].nominations[].office
nominations.nik_lookup           : a keyed hash
nominations.person_id            : whose it is
nominations.state                > people[].nominations[].state
nominations.made_at              > people[].nominations[].made_at
nominations.made_by              : which login of the agency is another person
nominations.decided_at           > people[].nominations[].decided_at
nominations.decided_by           : which officer decided is another person
complaints.id                    : an id
complaints.number                > people[].complaints[].number
complaints.kind                  > people[].complaints[].kind
complaints.said                  > people[].complaints[].said
complaints.contact               > people[].complaints[].contact
complaints.person_id             : whose it is
complaints.vacancy_id            : that of the application, or named by the person
complaints.employer_id           : as its vacancy
complaints.application_id        : as its vacancy
complaints.code_hash             : with the code somebody else could look it up
complaints.state                 > people[].complaints[].state
complaints.answer                > people[].complaints[].answer
complaints.handled_by            : an officer
complaints.made_at               > people[].complaints[].made_at
complaints.closed_at             > people[].complaints[].closed_at
activation_codes.id              : with a code a login could be opened
activation_codes.person_id       : as its id
activation_codes.code_hash       : as its id
activation_codes.class_id        : as its id
activation_codes.made_by         : as its id; that one was made is told among the deeds
activation_codes.made_at         : as its id
activation_codes.expires_at      : as its id
activation_codes.failures        : as its id
activation_codes.used_at         : as its id
activation_codes.voided_at       : as its id
status_codes.id                  : an id
status_codes.person_id           : whose it is
status_codes.code_hash           : with the code somebody else sees where the applications stand
status_codes.made_at             > people[].status_codes[].made_at
status_codes.expires_at          > people[].status_codes[].expires_at
status_codes.revoked_at          > people[].status_codes[].revoked_at
wishes.person_id                 : whose it is
wishes.wage_floor                > people[].wishes.wage_floor
wishes.max_distance_m            > people[].wishes.max_distance_m
wishes.shift_ok                  > people[].wishes.shift_ok
wishes.transport                 > people[].wishes.transport
wishes.dormitory_ok              > people[].wishes.dormitory_ok
wishes.contact_way               > people[].wishes.contact_way
wishes.contact_hour              > people[].wishes.contact_hour
wishes.message_content           > people[].wishes.message_content
trainings.id                     : an id
trainings.person_id              : whose it is
trainings.class_id               > people[].trainings[].class.name
trainings.programme              > people[].trainings[].programme
trainings.ended_on               > people[].trainings[].ended_on
trainings.result                 > people[].trainings[].result
certificates.id                  : an id
certificates.person_id           : whose it is
certificates.name                > people[].certificates[].name
certificates.issued_on           > people[].certificates[].issued_on
certificates.expires_on          > people[].certificates[].expires_on
experiences.id                   : an id
experiences.person_id            : whose it is
experiences.job                  > people[].experiences[].job
experiences.months               > people[].experiences[].months
person_skills.person_id          : whose it is
person_skills.skill              > people[].skills[]
criteria.id                      : an id
criteria.person_id               : whose it is
criteria.criterion               > people[].evidence[].criterion
criteria.value                   > people[].evidence[].value
criteria.source                  > people[].evidence[].source
criteria.dated_on                > people[].evidence[].dated_on
criteria.expires_on              > people[].evidence[].expires_on
criteria.undated                 > people[].evidence[].date_is_registration
criteria.organisation_id         > people[].evidence[].brought_by

applications.id                  > people[].applications[].id
applications.person_id           : whose it is
applications.vacancy_id          > people[].applications[].title
applications.run_id              > people[].applications[].run_on
applications.state               > people[].applications[].state
applications.held                > people[].applications[].held
applications.reserve_order       > people[].applications[].reserve_order
applications.fit                 > people[].applications[].fit
applications.priority            > people[].applications[].priority
applications.deadline            > people[].applications[].deadline
applications.starts_on           > people[].applications[].starts_on
applications.letter_number       > people[].applications[].letter_number
applications.version             > people[].applications[].version
applications.created_at          > people[].applications[].created_at
applications.updated_at          > people[].applications[].updated_at
applications.known_since         > people[].applications[].known_since
application_events.id            : an id
application_events.application_id : stands inside its application
application_events.version       : the order of the list
application_events.event         > people[].applications[].events[].event
application_events.from_state    > people[].applications[].events[].from
application_events.to_state      > people[].applications[].events[].to
application_events.actor         > people[].applications[].events[].actor
application_events.account_id    : whose login it was; the role is told
application_events.organisation_id : which office it was; the role is told
application_events.reason        > people[].applications[].events[].reason
application_events.shared        > people[].applications[].events[].shared
application_events.helped        > people[].applications[].events[].helped
application_events.cause_id      : may be an event of somebody else
application_events.at            > people[].applications[].events[].at
consents.id                      : an id
consents.application_id          : stands inside its application
consents.person_id               : whose it is
consents.vacancy_id              : that of its application
consents.employer_id             > people[].applications[].employer_name
consents.channel                 > people[].applications[].consents[].channel
consents.number_dialled          > people[].applications[].consents[].number_dialled
consents.self_spoke              > people[].applications[].consents[].self_spoke
consents.officer_id              : an officer
consents.wording                 > people[].applications[].consents[].wording
consents.ends_on                 > people[].applications[].consents[].ends_on
consents.given_at                > people[].applications[].consents[].given_at
consents.guardian                > people[].applications[].consents[].guardian
consents.text_shown              > people[].applications[].consents[].text_shown
interests.id                     : an id
interests.number                 > people[].interests[].number
interests.vacancy_id             : its title is told
interests.name                   > people[].interests[].name
interests.phone                  > people[].interests[].phone
interests.village                > people[].interests[].village
interests.other_vacancies        > people[].interests[].other_vacancies
interests.made_at                > people[].interests[].made_at
interests.call_by                > people[].interests[].call_by
interests.outcome                > people[].interests[].outcome
interests.handled_at             > people[].interests[].handled_at
interests.handled_by             : which officer called is another person
password_links.account_id        : only employers and offices are sent one, no resident
password_links.asked_at          : as its login
password_links.due_at            : as its login
password_links.tries             : as its login
password_links.claim             : as its login
password_links.claimed_until     : as its login
password_links.key_hash          : as its login
password_links.expires_at        : as its login
password_links.sent_at           : as its login
messages.id                      : an id
messages.kind                    > people[].messages[].kind
messages.reader                  : the person, as it is theirs
messages.occasion                : what made it single; the application is told
messages.application_id          > people[].messages[].application_id
messages.vacancy_id              : that of its application
messages.employer_id             : that of its application
messages.person_id               : whose it is
messages.while_state             : the state of the application is told there
messages.state                   > people[].messages[].state
messages.due_at                  : when it could leave, a quarter of an hour later
messages.tries                   : how the service sends
messages.claim                   : how the service sends
messages.claimed_until           : how the service sends
messages.failure                 : how the service sends
messages.made_at                 > people[].messages[].made_at
messages.sent_at                 > people[].messages[].sent_at
messages.text                    > people[].messages[].text
messages.number                  > people[].messages[].number
messages.content                 : how much the text says; the text is told
messages.sent_by                 : which officer sent it is another person
messages.reply                   > people[].messages[].reply
messages.replied_at              > people[].messages[].replied_at
contact_attempts.id              > people[].applications[].attempts[].id
contact_attempts.application_id  : stands inside its application
contact_attempts.channel         > people[].applications[].attempts[].channel
contact_attempts.outcome         > people[].applications[].attempts[].outcome
contact_attempts.officer_id      : an officer
contact_attempts.on_day          > people[].applications[].attempts[].on_day
contact_attempts.at              > people[].applications[].attempts[].at
follow_ups.id                    : an id
follow_ups.application_id        : stands inside its application
follow_ups.month                 > people[].applications[].follow_ups[].month
follow_ups.due_on                > people[].applications[].follow_ups[].due_on
follow_ups.still_working         > people[].applications[].follow_ups[].still_working
follow_ups.note                  > people[].applications[].follow_ups[].note
follow_ups.recorded_by           : an officer
follow_ups.recorded_at           > people[].applications[].follow_ups[].recorded_at
interviews.application_id        : stands inside its application
interviews.on_day                > people[].applications[].interview.on
interviews.hour                  > people[].applications[].interview.hour
interviews.place                 > people[].applications[].interview.place
interviews.bring                 > people[].applications[].interview.bring
interviews.landmark              > people[].applications[].interview.landmark
interviews.made_at               > people[].applications[].interview.made_at
interviews.before_day            : what the invitation said before; what it says is told
interviews.before_hour           : as its day before
interviews.before_place          : as its day before
interviews.before_bring          : as its day before
interviews.before_landmark       : as its day before
application_notes.id             : an id
application_notes.application_id : stands inside its application
application_notes.version        : about which version of the application it was said
application_notes.kind           > people[].applications[].notes[].kind
application_notes.text           > people[].applications[].notes[].text
application_notes.actor          > people[].applications[].notes[].actor
application_notes.account_id     : a login
application_notes.at             > people[].applications[].notes[].at
reminders.application_id         : made to the employer, about the employer's answer
reminders.day                    : made to the employer
reminders.created_at             : made to the employer

run_proposals.run_id             > people[].judgements[].run_on
run_proposals.vacancy_id         > people[].judgements[].title
run_proposals.person_id          : whose it is
run_proposals.place              > people[].judgements[].place
run_proposals.kind               > people[].judgements[].kind
run_proposals.fit                > people[].judgements[].fit
run_proposals.priority           > people[].judgements[].priority
run_proposals.explanation        > people[].judgements[].reasons[]
run_proposals.dropped            > people[].judgements[].dropped
run_unknown_desil.run_id         > people[].desil_unknown[].run_on
run_unknown_desil.place          : an order among other people
run_unknown_desil.person_id      : whose it is
run_unknown_desil.fate           : says that somebody else was placed instead
run_unknown_desil.forgone_id     : where somebody else was placed instead
run_unknown_desil.seats          > people[].desil_unknown[].seats
run_unknown_desil.vacancies      > people[].desil_unknown[].vacancies

audit.id                         : an id
audit.at                         > people[].deeds[].at
audit.account_id                 : whose login it was; the role is told
audit.actor                      > people[].deeds[].actor
audit.organisation_id            : which office it was; the role is told
audit.action                     > people[].deeds[].action
audit.object_kind                : always a person here
audit.object_id                  : whose it is
audit.event_id                   : none about a person
vacancy_events.account_id        : an officer or employer did something about a vacancy
employer_events.account_id       : an officer or employer did something about an employer
erasures.person_id               : whoever was erased is found by nobody, so there is nobody to copy
erasures.ground                  : as its person
erasures.asked_by                : as its person
erasures.account_id              : as its person
erasures.erased_at               : as its person
outbox.seq                       : that the index is to read the person again; seconds old
outbox.txid                      : as its order
outbox.kind                      : as its order
outbox.object_id                 : as its order
idempotency_keys.account_id      : answers kept for a day, made of what is told here
idempotency_keys.key             : as its login
idempotency_keys.request_hash    : as its login
idempotency_keys.status          : as its login
idempotency_keys.body            : as its login
idempotency_keys.created_at      : as its login
idempotency_keys.address         : as its login
";

/// Tables about logins, offices and vacancies of which the one column that names a login is looked at.
const OF_OTHERS: &[&str] = &["vacancy_events", "employer_events"];

/// Columns by which a table is about somebody even without a foreign key.
const NAMING: &[&str] = &["person_id", "application_id", "account_id", "object_id"];

/// Whose text the copy tells otherwise than it lies in the column.
const RETOLD: &[&str] = &[
    "application_events.reason",
    "run_proposals.explanation",
    "trainings.class_id",
    "ranking_consents.class_id",
    "change_requests.change",
    "change_requests.stored",
];

/// Each column with where the copy tells it; none where it is left out.
fn columns() -> BTreeMap<String, Option<&'static str>> {
    let mut found = BTreeMap::new();
    for line in COLUMNS.lines().map(str::trim).filter(|line| !line.is_empty()) {
        let (column, told) = line.split_once(' ').unwrap();
        let told = told.trim();
        let path = told.strip_prefix("> ");
        let reason = told.strip_prefix(": ").unwrap_or_default();
        assert!(path.is_some() || reason.len() > 4, "{column} is left out without a reason");
        assert!(found.insert(column.to_owned(), path).is_none(), "{column} stands twice");
    }
    found
}

/// The columns of every table that refers to a person, to something that does, or to a login.
async fn concerned(db: &Db) -> BTreeSet<String> {
    let Db::Sqlite { read, .. } = db else { panic!("the two schemas are the same; SQLite tells its own") };
    let pairs = async |text: &'static str| -> Vec<(String, String)> {
        let rows = sqlx::query(text).fetch_all(read).await.unwrap();
        rows.iter().map(|row| (row.get(0), row.get(1))).collect()
    };
    let refers = pairs(
        "select m.name, f.\"table\" from sqlite_master m join pragma_foreign_key_list(m.name) f where m.type = 'table'",
    )
    .await;
    let all = pairs(
        "select m.name, c.name from sqlite_master m join pragma_table_info(m.name) c where m.type = 'table' \
         and m.name not like 'sqlite_%' and m.name <> '_sqlx_migrations'",
    )
    .await;
    // Interests are said by people whom the service does not know yet.
    let mut tables: BTreeSet<String> = ["people", "accounts", "interests"].map(str::to_owned).into();
    tables.extend(all.iter().filter(|(_, column)| NAMING.contains(&column.as_str())).map(|(t, _)| t.clone()));
    loop {
        let known = tables.len();
        let of_a_person =
            |to: &String| tables.contains(to) && to != "accounts" && !OF_OTHERS.contains(&to.as_str());
        let more: Vec<String> =
            refers.iter().filter(|(_, to)| of_a_person(to)).map(|(from, _)| from.clone()).collect();
        tables.extend(more);
        if tables.len() == known {
            break;
        }
    }
    let wanted = |(table, column): &&(String, String)| {
        tables.contains(table) && (!OF_OTHERS.contains(&table.as_str()) || NAMING.contains(&column.as_str()))
    };
    all.iter().filter(wanted).map(|(table, column)| format!("{table}.{column}")).collect()
}

#[tokio::test]
async fn every_column_about_a_person_is_in_the_copy_or_left_out_for_a_reason() {
    let lite = TestDb::sqlite().await;
    let found = concerned(&lite.db).await;
    let known: BTreeSet<String> = columns().into_keys().collect();
    let forgotten: Vec<_> = found.difference(&known).collect();
    let gone: Vec<_> = known.difference(&found).collect();
    assert!(forgotten.is_empty(), "neither copied nor left out (tests/it/spine/export.rs): {forgotten:#?}");
    assert!(gone.is_empty(), "columns that are no more: {gone:#?}");
    // The search is not blind.
    let Db::Sqlite { write, .. } = &lite.db else { panic!("not SQLite") };
    for text in [
        "create table x_notes (id integer, of_application blob references applications (id))",
        "create table x_marks (person_id blob, mark text)",
    ] {
        sqlx::query(text).execute(write).await.unwrap();
    }
    let more: Vec<String> = concerned(&lite.db).await.difference(&found).cloned().collect();
    assert_eq!(more, ["x_marks.mark", "x_marks.person_id", "x_notes.id", "x_notes.of_application"]);
    lite.close().await;
}

/// The paths of every field of a schema.
fn paths(document: &Value, schema: &Value, path: &str, found: &mut BTreeSet<String>) {
    if let Some(name) = schema["$ref"].as_str() {
        let name = name.rsplit('/').next().unwrap();
        return paths(document, &document["components"]["schemas"][name], path, found);
    }
    for part in ["oneOf", "allOf", "anyOf"] {
        for one in schema[part].as_array().into_iter().flatten() {
            paths(document, one, path, found);
        }
    }
    if schema["items"].is_object() {
        paths(document, &schema["items"], &format!("{path}[]"), found);
    }
    for (name, inner) in schema["properties"].as_object().into_iter().flatten() {
        let path = if path.is_empty() { name.clone() } else { format!("{path}.{name}") };
        found.insert(path.clone());
        paths(document, inner, &path, found);
    }
}

#[test]
fn every_field_has_its_sentence_and_every_sentence_its_field() {
    let document = api::described().1;
    let schema = &document["components"]["schemas"]["OwnData"];
    let mut fields = BTreeSet::new();
    paths(&document, schema, "", &mut fields);
    assert!(fields.len() > 100, "only {} fields: the search is broken", fields.len());
    let told: Vec<&str> = words::FIELDS.iter().map(|(path, _)| *path).collect();
    assert!(told.is_sorted(), "by path");
    let told: BTreeSet<String> = told.into_iter().map(str::to_owned).collect();
    assert_eq!(told, fields);
    assert!(words::FIELDS.iter().all(|(_, sentence)| sentence.ends_with('.')));
    for path in columns().into_values().flatten() {
        assert!(fields.contains(path.trim_end_matches("[]")), "no such field: {path}");
    }
}

/// What stands at a path of the document, without what is empty.
fn leaves<'a>(value: &'a Value, path: &str) -> Vec<&'a Value> {
    let mut found = vec![value];
    for step in path.split('.') {
        let (name, list) = step.strip_suffix("[]").map_or((step, false), |name| (name, true));
        found = found.into_iter().map(|value| &value[name]).collect();
        if list {
            found = found.into_iter().flat_map(|value| value.as_array().into_iter().flatten()).collect();
        }
    }
    found.into_iter().filter(|value| !value.is_null()).collect()
}

/// What others say about somebody, and what is somebody else's.
const REMARK: &str = "kurang rapi menurut mandor";
const NOTE: &str = "catatan petugas sendiri";
const RIVAL: &str = "Saingan Tetangga";
const OWN_WORDS: &str = "harus menjaga ibu";

fn first() -> Value {
    json!({
        "nik": "9911045501908101", "name": "Zulaikha Contoh", "village": VILLAGE, "education": "SMK",
        "major": "Tata Busana", "address": "Jalan Kenanga 77", "phone": "081298765432", "programme": "Menjahit Pakaian",
        "training_end": "2025-11-30", "training_result": "K", "class": "Angkatan 3",
        "certificates": ["Sertifikat Menjahit"], "experience": ["Penjahit:24"], "skills": ["menjahit"], "desil": 2,
        "desil_source": "DTSEN", "desil_date": "2026-01-15", "wage_floor": 2_123_457, "max_distance_km": 12,
        "shift_ok": true, "dormitory_ok": false, "transport": "motor", "disability": "fisik",
        "family_card": "9911042505100001", "ak1_number": "AK81", "available_from": "2026-02-01", "ranking_consent": true,
    })
}

/// Two people of one login, with everything that can be written down about somebody; a third is somebody else's.
struct Lived {
    cast: Cast,
    family: Client,
    first: String,
    second: String,
    /// Proposed to the second by a run, confirmed by nobody.
    hidden: String,
}

async fn lived(db: &TestDb) -> Lived {
    let cast = Cast::new(db).await;
    let agency = cast.app.organisation(OrganisationKind::Agency, None).await;
    let agency = Place { organisation: Some(agency), ..Place::default() };
    let agency = cast.app.login(Role::Agency, agency).await;
    let body = |nik: &str, name: &str| json!({"nik": nik, "name": name, "village": VILLAGE, "education": "SMP", "skills": ["menjahit"], "programme": "Menjahit Pakaian"});
    let first = id(&post(&cast.staff, "/people", &first()).await.success());
    let second = body("9911045501908102", "Adik Contoh");
    let second = id(&post(&agency, "/people", &second).await.success());
    post(&cast.staff, "/people", &body("9911045501908103", RIVAL)).await.success();
    let both: [PersonId; 2] = [first.parse().unwrap(), second.parse().unwrap()];
    let family = cast.app.login(Role::Trainee, Place { people: &both, ..Place::default() }).await;

    cast.open_vacancy(2).await;
    matched(&cast).await;
    let of = async |person: &str| {
        let listed = get(&cast.staff, &format!("/people/{person}/applications")).await.success();
        id(&listed["items"][0])
    };
    let (placed, hidden) = (of(&first).await, of(&second).await);
    words_of_others(&cast, &first).await;
    asked_and_verified(&cast, &first).await;
    worked(&cast, &placed).await;
    guardian(&cast, &first, &placed).await;
    told(&cast, &first, &placed).await;
    complained(&cast, &family, &first).await;
    // Of the second's slips the first is void.
    for _ in 0..2 {
        plain(&family, reqwest::Method::PUT, &format!("/people/{second}/status-code"), &json!({}))
            .await
            .success();
    }
    cast.interested(&cast.open_vacancy(1).await, "Zulaikha Contoh", "+6281298765432").await;
    let step = json!({"person_id": first, "kind": "visit", "officer": "Bu Petugas"});
    let step = id(&post(&cast.staff, "/next-steps", &step).await.success());
    let answer = json!({"outcome": "visited", "note": NOTE});
    post(&cast.staff, &format!("/next-steps/{step}/outcome"), &answer).await.success();
    for text in [
        "update certificates set issued_on = '2025-01-02', expires_on = '2028-01-01'",
        "update training_classes set starts_on = '2025-10-01'",
        "update run_proposals set dropped = 'no_slot'",
    ] {
        db.execute(text).await;
    }
    Lived { cast, family, first, second, hidden }
}

/// Has an item verified, and a change of it refused.
async fn asked_and_verified(cast: &Cast, person: &str) {
    let items = json!({"items": ["education"]});
    post(&cast.staff, &format!("/people/{person}/verifications"), &items).await.success();
    let helped = json!({"agreed": true, "channel": "counter"});
    plain(&cast.staff, Method::PUT, &format!("/people/{person}/accompaniment"), &helped).await.success();
    let asked = json!({"change": {"education": "D3"}, "reason": "sudah lulus", "evidence": "ijazah asli"});
    let made = post(&cast.staff, &format!("/people/{person}/change-requests"), &asked).await.success();
    let no = json!({"accept": false, "answer": "ijazah belum dilegalisasi"});
    post(&cast.staff, &format!("/change-requests/{}/decision", id(&made)), &no).await.success();
}

/// Said no elsewhere in own words, was refused by an employer and dismissed by an officer with remarks of theirs.
async fn words_of_others(cast: &Cast, person: &str) {
    let declined = cast.proposed(person, &cast.open_vacancy(2).await).await;
    cast.step(&cast.staff, &declined, "confirm", &json!({})).await.success();
    let no = json!({"reason": "family_care", "text": OWN_WORDS, "number_dialled": "081298765432"});
    let said = cast.step(&cast.companion().await, &declined, "decline", &no).await;
    said.success();
    let refused = cast.referred(person, &cast.open_vacancy(2).await).await;
    let no = json!({"reason": "skill_missing", "text": REMARK});
    cast.step(&cast.employer, &refused, "refuse", &no).await.success();
    let dismissed = cast.proposed(person, &cast.open_vacancy(2).await).await;
    let no = json!({"reason": "other", "text": NOTE});
    cast.step(&cast.staff, &dismissed, "dismiss", &no).await.success();
}

/// Tried, agreed, invited, hired, at work, asked a month later.
async fn worked(cast: &Cast, application: &str) {
    cast.step(&cast.staff, application, "confirm", &json!({})).await.success();
    let tried = json!({"channel": "phone", "outcome": "no_answer"});
    post(&cast.staff, &format!("/applications/{application}/contact-attempts"), &tried).await.success();
    let said = json!({"consent": {"channel": "phone", "number_dialled": "081298765432", "self_spoke": true}});
    cast.step(&cast.staff, application, "consent", &said).await.success();
    let day = json!({"on": "2026-03-09", "hour": "09:00", "place": "Pabrik Toriyo", "bring": "KTP",
        "landmark": "seberang pasar"});
    cast.step(&cast.employer, application, "invite", &json!({"interview": day})).await.success();
    let said = json!({"kind": "coming", "text": "saya datang lebih awal"});
    cast.step(&cast.staff, application, "notes", &said).await.success();
    cast.step(&cast.employer, application, "hire", &json!({"starts_on": "2026-02-04"})).await.success();
    cast.step(&cast.staff, application, "start", &json!({})).await.success();
    let note = json!({"month": 1, "still_working": true, "note": "betah"});
    post(&cast.staff, &format!("/applications/{application}/follow-ups"), &note).await.success();
}

/// Complained about a tout, and was answered.
async fn complained(cast: &Cast, family: &Client, person: &str) {
    let body =
        json!({"kind": "tout", "said": "Calo di terminal", "contact": "081298765432", "person_id": person});
    let made = plain(family, reqwest::Method::POST, "/complaints", &body).await;
    assert_eq!(made.status, 201, "{}", made.text);
    let listed = get(&cast.staff, "/complaints").await.success();
    let path = format!("/complaints/{}/close", id(&listed["items"][0]));
    post(&cast.staff, &path, &json!({"founded": true, "answer": "Calo ditegur."})).await.success();
}

/// Was told something in the way they wished, and wrote yes.
async fn told(cast: &Cast, person: &str, application: &str) {
    let (person, application): (PersonId, ApplicationId) =
        (person.parse().unwrap(), application.parse().unwrap());
    let now = cast.app.app().clock.now();
    let mut tx = cast.app.app().db.write().await.unwrap();
    let wishes = people::Wishes {
        contact_way: Some(Way::Whatsapp),
        contact_hour: Some("sesudah magrib".to_owned()),
        message_content: Some(Content::Full),
        ..people::wishes(&mut tx, person).await.unwrap()
    };
    people::set_wishes(&mut tx, person, &wishes).await.unwrap();
    let given = own_data::consents(&mut tx, person).await.unwrap();
    let given = given.into_iter().find(|row| row.application_id == application).unwrap();
    let (channel, text_shown) = (ConsentChannel::Whatsapp, Some("Balas YA".to_owned()));
    let written = contacts::Consent { id: system::fresh(), channel, text_shown, ..given };
    assert_eq!(contacts::insert_consent(&mut tx, &written).await.unwrap(), 1);
    let new = messages::New {
        id: system::fresh(),
        kind: Kind::ToAnswer,
        occasion: "told".to_owned(),
        application: Some(application),
        vacancy: None,
        employer: None,
        person: Some(person),
        while_state: None,
        due_at: now,
        made_at: now,
    };
    assert_eq!(messages::insert(&mut tx, &new).await.unwrap(), 1);
    let shown = messages::Shown {
        text: "Balas YA".to_owned(),
        number: "+6286012345678".to_owned(),
        content: Content::Full,
    };
    assert_eq!(messages::open(&mut tx, new.id, Some(shown), None, now).await.unwrap(), 1);
    assert_eq!(messages::told(&mut tx, new.id, None, now).await.unwrap(), 1);
    assert_eq!(messages::replied(&mut tx, new.id, Reply::Yes, now).await.unwrap(), 1);
    tx.commit().await.unwrap();
}

/// The mother signed too, as for somebody below 18.
async fn guardian(cast: &Cast, person: &str, application: &str) {
    let (person, application): (PersonId, ApplicationId) =
        (person.parse().unwrap(), application.parse().unwrap());
    let mut tx = cast.app.app().db.write().await.unwrap();
    let given = own_data::consents(&mut tx, person).await.unwrap();
    let given = given.into_iter().find(|row| row.application_id == application).unwrap();
    let (channel, number_dialled) = (ConsentChannel::Counter, None);
    let signed = contacts::Consent {
        id: system::fresh(),
        channel,
        number_dialled,
        guardian: Some(Guardian::Mother),
        ..given
    };
    assert_eq!(contacts::insert_consent(&mut tx, &signed).await.unwrap(), 1);
    tx.commit().await.unwrap();
}

/// The texts and days in a column that are about these people.
async fn texts(db: &Db, column: &str, people: &[Uuid]) -> Vec<String> {
    let (table, column) = column.split_once('.').unwrap();
    let literal = |id: &Uuid| match db {
        Db::Sqlite { .. } => format!("x'{}'", id.simple()),
        Db::Postgres(_) => format!("'{id}'"),
    };
    let whose = people.iter().map(literal).collect::<Vec<_>>().join(", ");
    let of = match table {
        "people" => "id",
        "audit" => "object_id",
        "application_events" | "application_notes" | "contact_attempts" | "follow_ups" | "interviews" => {
            "application_id"
        }
        "interests" => "phone",
        _ => "person_id",
    };
    let whose = match of {
        "phone" => format!("select phone from people where id in ({whose})"),
        "application_id" => format!("select id from applications where person_id in ({whose})"),
        _ => whose,
    };
    let is_text = match db {
        Db::Sqlite { .. } => format!("typeof(\"{column}\") = 'text'"),
        Db::Postgres(_) => format!("cast(pg_typeof(\"{column}\") as text) in ('text', 'date')"),
    };
    let text = format!(
        "select distinct cast(\"{column}\" as text) from {table} where {of} in ({whose}) and {is_text} and \"{column}\" is not null"
    );
    let text = AssertSqlSafe(text);
    match db {
        Db::Sqlite { read, .. } => sqlx::query_scalar(text).fetch_all(read).await.unwrap(),
        Db::Postgres(pool) => sqlx::query_scalar(text).fetch_all(pool).await.unwrap(),
    }
}

both_databases!(the_copy_tells_what_lies_in_the_tables_and_nothing_of_others, |db: TestDb| async {
    let lived = lived(db).await;
    let cast = &lived.cast;
    let copy = get(&lived.family, "/me/export").await.success();
    let people: Vec<Uuid> = [&lived.first, &lived.second].map(|id| id.parse().unwrap()).to_vec();
    let mut compared = 0;
    for (column, path) in columns() {
        let Some(path) = path else { continue };
        let told = leaves(&copy, path);
        assert!(!told.is_empty(), "{column}: nothing at {path} of {copy:#}");
        // A moment is written in one way by SQLite and in another by the copy.
        let is_moment = column.ends_with("_at") || column.ends_with(".at") || column.ends_with("_since");
        if is_moment || column.starts_with("account") || RETOLD.contains(&column.as_str()) {
            continue;
        }
        for text in texts(&db.db, &column, &people).await {
            assert!(
                told.iter().any(|value| **value == json!(text)),
                "{column}: {text} is not at {path}: {told:?}"
            );
            compared += 1;
        }
    }
    assert!(compared > 60, "only {compared} values were compared");
    nothing_of_others(cast, &copy).await;
    let of =
        |person: &str| copy["people"].as_array().unwrap().iter().find(|one| one["id"] == person).unwrap();
    what_nobody_confirmed_is_in_it(&lived, of(&lived.second)).await;
    let first = of(&lived.first);
    assert_eq!((&first["logins"], &first["placed"]), (&json!(1), &json!(true)));
    assert_eq!(first["contact"]["village_name"], "Desa Nguter, Kecamatan Nguter");
    assert_eq!(
        first["trainings"][0]["class"],
        json!({"name": "Angkatan 3", "starts_on": "2025-10-01", "ends_on": "2025-11-30"})
    );
    let reasons = leaves(first, "applications[].events[].reason");
    assert!(reasons.contains(&&json!(format!("family_care: {OWN_WORDS}"))), "{reasons:?}");
    assert!(reasons.contains(&&json!("other")), "{reasons:?}");
    let deeds: Vec<_> =
        leaves(first, "deeds[].action").into_iter().zip(leaves(first, "deeds[].actor")).collect();
    assert_eq!(
        deeds,
        [
            (&json!("person.create"), &json!("staff")),
            (&json!("person.verify"), &json!("staff")),
            (&json!("person.accompany"), &json!("staff")),
            (&json!("person.change_ask"), &json!("staff")),
            (&json!("person.change_decide"), &json!("staff")),
            (&json!("person.export"), &json!("person"))
        ]
    );
    assert_eq!(leaves(&copy, "left_out[].why").len(), words::LEFT_OUT.len());
    assert_eq!(copy["fields"].as_object().unwrap().len(), words::FIELDS.len());
    assert_eq!(copy["codes"]["application_state"]["proposed"], "diusulkan");
});

async fn nothing_of_others(cast: &Cast, copy: &Value) {
    let text = copy.to_string();
    for foreign in [REMARK, NOTE, RIVAL, "skill_missing", "9911045501908101", "9911042505100001", "paid"] {
        assert!(!text.contains(foreign), "{foreign} is in the copy: {copy:#}");
    }
    let logins = [&cast.staff, &cast.supervisor].map(|who| who.account.unwrap().to_string());
    for login in
        logins.into_iter().chain([cast.employer_account().await.to_string(), cast.employer_id.clone()])
    {
        assert!(!text.contains(&login), "the id of another login or employer");
    }
}

/// The run's proposal is in no list of the resident, and in the copy, marked.
async fn what_nobody_confirmed_is_in_it(lived: &Lived, second: &Value) {
    let listed = get(&lived.family, "/me/applications").await.success();
    assert!(!listed.to_string().contains(&lived.hidden));
    let application = &second["applications"][0];
    assert_eq!(application["id"], lived.hidden.as_str());
    assert_eq!((&application["state"], &application["known_since"]), (&json!("proposed"), &Value::Null));
    assert_eq!(application["events"][0]["event"], "propose");
    assert_eq!(second["judgements"][0]["kind"], "proposal");
    assert!(second["judgements"][0]["reasons"].as_array().unwrap().len() > 1, "{second:#}");
    assert_eq!(second["desil_unknown"].as_array().unwrap().len(), 1);
    let nominated = second["nominated_by"].as_str().unwrap();
    assert!(nominated.starts_with("Kantor "), "{nominated}");
}

both_databases!(of_one_person_or_of_all_and_of_nobody_else, |db: TestDb| async {
    let cast = Cast::new(db).await;
    let (one, two, other) = (cast.person(1).await, cast.person(2).await, cast.person(3).await);
    let both: [PersonId; 2] = [one.parse().unwrap(), two.parse().unwrap()];
    let family = cast.app.login(Role::Trainee, Place { people: &both, ..Place::default() }).await;
    let ids = |copy: Value| leaves(&copy, "people[].id").into_iter().cloned().collect::<Vec<_>>();
    assert_eq!(ids(get(&family, "/me/export").await.success()), [json!(one), json!(two)]);
    assert_eq!(ids(get(&family, &format!("/me/export?person={two}")).await.success()), [json!(two)]);
    for person in [other.as_str(), "00000000-0000-0000-0000-000000000000"] {
        let answer = get(&family, &format!("/me/export?person={person}")).await;
        assert_eq!(answer.refusal(), (404, "not_found".to_owned()));
    }
    for query in ["person=siapa", "orang=1"] {
        assert_eq!(get(&family, &format!("/me/export?{query}")).await.status, 400, "{query}");
    }
    let nobody = cast.app.login(Role::Trainee, Place::default()).await;
    assert_eq!(get(&nobody, "/me/export").await.success()["people"], json!([]));
    // Whoever was erased is copied by nobody.
    let path = format!("/people/{one}/erasure");
    post(&family, &path, &json!({"ground": "requested"})).await.success();
    assert_eq!(ids(get(&family, "/me/export").await.success()), [json!(two)]);
    assert_eq!(get(&family, &format!("/me/export?person={one}")).await.status, 404);
});

/// Runs `padankerja person export` over a test's database.
fn exported(db: &TestDb, folder: &std::path::Path, person: &str, out: &str) -> (Option<i32>, String) {
    let output = Command::new(env!("CARGO_BIN_EXE_padankerja"))
        .args(["person", "export", person, "--out", out, "--database-url", &db.url()])
        .current_dir(folder)
        .env_remove("DATABASE_URL")
        .output()
        .unwrap();
    (output.status.code(), String::from_utf8([output.stdout, output.stderr].concat()).unwrap())
}

both_databases!(an_officer_writes_the_copy_to_a_new_file, |db: TestDb| async {
    let lived = lived(db).await;
    let folder = tempfile::tempdir().unwrap();
    let file = folder.path().join("siti.json");
    let end = &lived.second[lived.second.len() - 8..];
    let (code, said) = exported(db, folder.path(), end, "siti.json");
    assert_eq!(code, Some(0), "{said}");
    assert!(said.contains("(1 lamaran dan usulan) ditulis ke siti.json"), "{said}");
    assert_eq!(std::fs::metadata(&file).unwrap().permissions().mode() & 0o777, 0o600);
    let written = std::fs::read(&file).unwrap();
    let copy: Value = serde_json::from_slice(&written).unwrap();
    assert_eq!(copy["login"], Value::Null);
    let second = &copy["people"][0];
    what_nobody_confirmed_is_in_it(&lived, second).await;
    nothing_of_others(&lived.cast, &copy).await;
    assert_eq!(leaves(second, "deeds[].actor").last().unwrap(), &&json!("terminal"));

    let (code, said) = exported(db, folder.path(), &lived.first, "siti.json");
    assert!(code == Some(2) && said.contains("siti.json sudah ada dan tidak ditimpa"), "{said}");
    assert_eq!(std::fs::read(&file).unwrap(), written);
    let (code, said) = exported(db, folder.path(), &lived.first, "tidak/ada.json");
    assert!(code == Some(2) && said.contains("tidak dapat dibuat"), "{said}");
    for nobody in ["00000000-0000-0000-0000-000000000001", "0000000a"] {
        let (code, said) = exported(db, folder.path(), nobody, "lain.json");
        assert_eq!(code, Some(2), "{said}");
        assert!(!folder.path().join("lain.json").exists(), "an empty file is left");
    }
    let mut tx = db.db.read().await.unwrap();
    let first: PersonId = lived.first.parse().unwrap();
    assert!(people::find(&mut tx, &people::Scope::Office, first).await.unwrap().is_some());
    let deeds = own_data::deeds(&mut tx, first).await.unwrap();
    assert!(deeds.iter().all(|deed| deed.action != "person.export"), "nothing was copied: {deeds:?}");
});
