//! Many rows by SQL: an office of any size, for query plans and for measurements. Belongs here: rows that look like those
//! of the service. Counters are not kept: no rule is tested on these rows.
use padankerja::store::Db;
use sqlx::AssertSqlSafe;

/// The words in which the two databases differ.
struct Dialect {
    sqlite: bool,
}

impl Dialect {
    /// The id with this number.
    fn id(&self, number: &str) -> String {
        if self.sqlite {
            return format!("unhex(printf('%032x', {number}))");
        }
        format!("cast(lpad(to_hex({number}), 32, '0') as uuid)")
    }

    /// As `id`, as bytes.
    fn bytes(&self, number: &str) -> String {
        if self.sqlite { self.id(number) } else { format!("decode(lpad(to_hex({number}), 32, '0'), 'hex')") }
    }

    /// So many seconds after the first moment of 2025.
    fn at(&self, seconds: &str) -> String {
        if self.sqlite {
            return format!("strftime('%Y-%m-%dT%H:%M:%S+00:00', 1735689600 + {seconds}, 'unixepoch')");
        }
        format!("timestamptz '2025-01-01T00:00:00Z' + ({seconds}) * interval '1 second'")
    }

    fn day(&self, day: &str) -> String {
        if self.sqlite { format!("'{day}'") } else { format!("date '{day}'") }
    }

    fn json(&self, text: &str) -> String {
        if self.sqlite { format!("'{text}'") } else { format!("cast('{text}' as jsonb)") }
    }

    fn word(&self, text: &str) -> String {
        if self.sqlite { text.to_owned() } else { format!("cast({text} as text)") }
    }

    fn no(&self) -> &'static str {
        if self.sqlite { "0" } else { "false" }
    }

    /// `i` from 0 to below `count`.
    fn numbers(&self, count: u64) -> String {
        if self.sqlite {
            return format!(
                "(with recursive s(i) as (select 0 union all select i + 1 from s where i + 1 < {count}) select i from s) n"
            );
        }
        format!("(select i from generate_series(0, {count} - 1) as s(i)) n")
    }
}

/// How many people an office with so many applications has: each applied five times and has a login.
pub fn people_of(applications: u64) -> u64 {
    applications / 5
}

/// Fills an empty database with so many applications (a multiple of 1,000) and what they need: a person for five of them,
/// a vacancy for ten, an employer for twenty, two events each. Logins have the ids of their persons.
pub async fn fill(db: &Db, applications: u64) {
    let d = Dialect { sqlite: matches!(db, Db::Sqlite { .. }) };
    run(db, &spine(&d, applications)).await;
}

/// As `fill`, with rows in every other table that grows.
pub async fn fill_all(db: &Db, applications: u64) {
    fill(db, applications).await;
    let d = Dialect { sqlite: matches!(db, Db::Sqlite { .. }) };
    run(db, &records(&d, applications)).await;
}

async fn run(db: &Db, statements: &[String]) {
    for text in statements {
        let text = AssertSqlSafe(text.clone());
        match db {
            Db::Sqlite { write, .. } => sqlx::raw_sql(text).execute(write).await.map(|_| ()),
            Db::Postgres(pool) => sqlx::raw_sql(text).execute(pool).await.map(|_| ()),
        }
        .unwrap();
    }
    if let Db::Postgres(pool) = db {
        // As a server that runs for a while has it: else plans depend on whether autovacuum came by.
        sqlx::raw_sql("vacuum analyze").execute(pool).await.unwrap();
    }
}

fn spine(d: &Dialect, applications: u64) -> Vec<String> {
    let people = people_of(applications);
    let (vacancies, employers) = (applications / 10, applications / 20);
    let (id, at, no, json) = (d.id("i"), d.at("i"), d.no(), d.json("[]"));
    let (all, everybody) = (d.numbers(applications), d.numbers(people));
    let (openings, firms) = (d.numbers(vacancies), d.numbers(employers));
    let (key, day) = (d.bytes("i"), d.day("2027-12-31"));
    let owner = d.id(&format!("i % {employers}"));
    let villages = d.word("i % 150");
    // The nth application of a person is for another vacancy than those before.
    let (person, nth) = (format!("i % {people}"), format!("(i / {people})"));
    let (who, what) = (d.id(&person), d.id(&format!("(({person}) + {nth} * 3) % {vacancies}")));
    let turn = format!("(({person}) + {nth}) % 10");
    let number = d.word("i");
    let event = |version: u64| {
        let (own, from) =
            (d.id(&format!("i * 2 + {version}")), if version == 1 { "null" } else { "'proposed'" });
        let (word, to) = if version == 1 { ("propose", "'proposed'") } else { ("lapse", "'lapsed'") };
        format!(
            "insert into application_events (id, application_id, version, event, from_state, to_state, actor, at) \
             select {own}, {id}, {version}, '{word}', {from}, {to}, 'system', {at} from {all}"
        )
    };
    vec![
        format!(
            "insert into employers (id, name, state, sample, version, created_at, updated_at) \
             select {id}, 'PT Contoh ' || {number}, case when i % 50 = 7 then 'registered' else 'verified' end, {no}, 1, {at}, {at} from {firms}"
        ),
        format!(
            "insert into vacancies (id, employer_id, title, description, village, seats, slots, skills, certificates, closes_on, \
             flags, missing, state, sample, version, created_at, updated_at) select {id}, {owner}, 'Operator jahit', 'Menjahit', \
             '33.11.05.2010', 10, 20, {json}, {json}, {day}, {json}, {json}, case i % 10 when 0 then 'draft' when 1 then 'submitted' when 2 then 'incomplete' \
             when 3 then 'open' when 4 then 'paused' when 5 then 'filled' when 6 then 'expired' else 'closed' end, \
             {no}, 1, {at}, {at} from {openings}"
        ),
        format!(
            "insert into people (id, nik_cipher, nik_key, nik_lookup, name, birth_date, village, status, registered_on, sample, \
             version, created_at, updated_at) select {id}, {key}, 1, {key}, 'Contoh ' || {number}, {}, {villages}, 'seeking', {}, \
             {no}, 1, {at}, {at} from {everybody}",
            d.day("2000-01-01"),
            d.day("2025-01-01")
        ),
        format!(
            "insert into accounts (id, login, password_hash, role, state, created_at) \
             select {id}, 'akun' || {number}, '!', 'trainee', 'active', {at} from {everybody}"
        ),
        format!("insert into account_people (account_id, person_id) select {id}, {id} from {everybody}"),
        format!(
            "insert into applications (id, person_id, vacancy_id, state, reserve_order, letter_number, version, created_at, updated_at, known_since) \
             select {id}, {who}, {what}, case {turn} when 0 then 'proposed' when 1 then 'referred' when 2 then 'declined' \
             when 3 then 'closed' when 4 then 'dismissed' else 'lapsed' end, i, \
             case when {turn} in (1, 3) then {number} end, 2, {at}, {at}, {at} from {all}"
        ),
        event(1),
        event(2),
    ]
}

fn records(d: &Dialect, applications: u64) -> Vec<String> {
    let mut all = of_people(d, applications);
    all.extend(of_applications(d, applications));
    all.extend(of_the_service(d, applications));
    all
}

fn of_people(d: &Dialect, applications: u64) -> Vec<String> {
    let (id, at, everybody) = (d.id("i"), d.at("i"), d.numbers(people_of(applications)));
    let (today, later) = (d.day("2026-01-01"), d.day("2027-01-01"));
    let number = d.word("i");
    vec![
        format!(
            "insert into organisations (id, name, kind, village, created_at) select {id}, 'Desa ' || {number}, 'village', {number}, {at} from {}",
            d.numbers(200)
        ),
        format!(
            "insert into nominations (id, organisation_id, nik_lookup, person_id, state, made_at, decided_at) \
             select id, {}, nik_lookup, id, 'accepted', created_at, created_at from people where nik_key = 1 and id < {}",
            d.id("1"),
            d.id("100")
        ),
        format!("insert into wishes (person_id) select {id} from {everybody}"),
        format!(
            "insert into trainings (id, person_id, programme) select {id}, {id}, 'Menjahit' from {everybody}"
        ),
        format!("insert into certificates (id, person_id, name) select {id}, {id}, 'K3' from {everybody}"),
        format!(
            "insert into experiences (id, person_id, job, months) select {id}, {id}, 'Jahit', 6 from {everybody}"
        ),
        format!("insert into person_skills (person_id, skill) select {id}, 'menjahit' from {everybody}"),
        format!(
            "insert into criteria (id, person_id, criterion, value, source, dated_on, expires_on) \
             select {id}, {id}, 'desil', 1, 'berkas', {today}, {later} from {everybody}"
        ),
        format!(
            "insert into next_steps (id, person_id, kind, organisation_id, due_on, made_at) \
             select {id}, {id}, 'visit', {}, {later}, {at} from {everybody}",
            d.id("i % 200")
        ),
    ]
}

fn of_applications(d: &Dialect, applications: u64) -> Vec<String> {
    let people = people_of(applications);
    let (id, at, no, all) = (d.id("i"), d.at("i"), d.no(), d.numbers(applications));
    let (today, later) = (d.day("2026-01-01"), d.day("2027-01-01"));
    let (vacancy, owner) = (d.id(&format!("i % {}", applications / 10)), d.id("0"));
    vec![
        format!(
            "insert into consents (id, application_id, person_id, vacancy_id, employer_id, channel, self_spoke, wording, ends_on, given_at) \
             select {id}, {id}, {}, {vacancy}, {owner}, 'web', {no}, '1', {later}, {at} from {all}",
            d.id(&format!("i % {people}"))
        ),
        format!(
            "insert into contact_attempts (id, application_id, channel, outcome, on_day, at) \
             select {id}, {id}, 'phone', 'no_answer', {today}, {at} from {all}"
        ),
        format!(
            "insert into follow_ups (id, application_id, month, due_on) select {id}, {id}, 1, {later} from {all}"
        ),
        format!(
            "insert into complaints (id, number, kind, said, person_id, state, made_at) \
             select {id}, 'ADU-2026-' || {}, 'fee', 'Diminta uang', {}, 'open', {at} from {all}",
            d.word("i"),
            d.id(&format!("i % {people}"))
        ),
        format!(
            "insert into application_notes (id, application_id, version, kind, actor, at) \
             select {id}, {id}, 1, 'coming', 'person', {at} from {all}"
        ),
        format!("insert into reminders (application_id, day, created_at) select {id}, 3, {at} from {all}"),
        format!(
            "insert into audit (id, at, actor, action, object_kind, object_id) select {id}, {at}, 'system', 'application.lapse', \
             'application', {id} from {all}"
        ),
    ]
}

fn of_the_service(d: &Dialect, applications: u64) -> Vec<String> {
    let (id, at, everybody) = (d.id("i"), d.at("i"), d.numbers(people_of(applications)));
    let (today, later, json) = (d.day("2026-01-01"), d.day("2027-01-01"), d.json("{}"));
    let (vacancy, owner) = (d.id(&format!("i % {}", applications / 10)), d.id("0"));
    let (key, number) = (d.bytes("i"), d.word("i"));
    let mut statements = vec![
        format!(
            "insert into policies (id, name, revision, body, created_at) values ({owner}, 'biasa', 1, {json}, {})",
            d.at("0")
        ),
        format!(
            "insert into idempotency_keys (account_id, key, request_hash, status, body, created_at) \
             select {id}, 'kunci-lama-' || {number}, {key}, 200, '', {at} from {everybody}"
        ),
        format!(
            "insert into refresh_tokens (id, account_id, family_id, token_hash, issued_at, expires_at) \
             select {id}, {id}, {id}, {key}, {at}, {at} from {everybody}"
        ),
        format!(
            "insert into sessions (id, key_hash, account_id, person_id, idle_minutes, made_at, holds_until, expires_at) \
             select {id}, {key}, {id}, {id}, 30, {at}, {at}, {at} from {everybody}"
        ),
        format!(
            "insert into interests (id, number, vacancy_id, name, phone, village, other_vacancies, made_at, call_by) \
             select {id}, 'MIN-2026-' || {number}, {vacancy}, 'Contoh', {number}, '33.11.05.2010', false, {at}, {today} \
             from {everybody}"
        ),
        format!("insert into outbox (kind, object_id) select 'person', {id} from {everybody}"),
        format!(
            "insert into hiring_plans (id, employer_id, job, seats, month, certainty, created_at) \
             select {id}, {}, 'Jahit', 5, {later}, 'likely', {at} from {everybody}",
            d.id("i % 20")
        ),
    ];
    for run in 0..4 {
        statements.push(format!(
            "insert into runs (id, policy_id, state, as_of, seed, started_at) values ({}, {owner}, 'published', {today}, 1, {})",
            d.id(&run.to_string()),
            d.at(&run.to_string())
        ));
        statements.push(format!(
            "insert into run_proposals (run_id, vacancy_id, person_id, place, kind, fit, priority, explanation) \
             select {}, {vacancy}, {id}, 1 + i, 'proposal', 500, 0, {json} from {everybody}",
            d.id(&run.to_string())
        ));
        statements.push(format!(
            "insert into run_unknown_desil (run_id, place, person_id, fate, forgone_id, seats, vacancies) \
             select {}, 1 + i, {id}, 'paid', {vacancy}, 20, 1 from {everybody}",
            d.id(&run.to_string())
        ));
    }
    statements
}
