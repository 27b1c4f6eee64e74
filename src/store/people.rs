//! People: any resident, with wishes. The NIK is stored encrypted, found by its keyed hash. What a person can do
//! (trainings, certificates, experience, skills) and evidence of priority is in `profiles`. A person who was erased
//! (`erasure`) is not found here, whatever the scope; only `lock` and `set_counters` still know the row, because the
//! counters of applications that go on are kept in it.
use chrono::{DateTime, NaiveDate, Utc};

use crate::{
    domain::{
        contact::{Content, Way},
        ids::{AccountId, OrganisationId, PersonId},
        person::{Standing, Status, is_in_class},
    },
    sql,
    store::{StoreError, Tx, statement::place},
    texts,
};

/// One person as stored.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct Person {
    pub id: PersonId,
    /// NIK, authenticated encryption.
    pub nik_cipher: Vec<u8>,
    /// Which key encrypted it.
    pub nik_key: i64,
    /// Keyed hash of the NIK.
    pub nik_lookup: Vec<u8>,
    /// Keyed hash of the family card number.
    pub family_key: Option<Vec<u8>>,
    pub name: String,
    /// `male` or `female`; never used for ranking.
    pub sex: Option<String>,
    /// Birth date; used for the legal minimum age only.
    pub birth_date: NaiveDate,
    /// E.164 number; a family may share it.
    pub phone: Option<String>,
    /// Village code of the home; none while unknown.
    pub village: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Highest education.
    pub education: Option<String>,
    /// Major or field of study.
    pub major: Option<String>,
    /// Kind of disability, if told.
    pub disability: Option<String>,
    /// Status outside applications.
    pub status: Status,
    /// From when the person can work.
    pub available_from: Option<NaiveDate>,
    /// Last day of the class of training the person is in.
    pub class_ends_on: Option<NaiveDate>,
    /// Number of the job seeker's card AK/I.
    pub ak1_number: Option<String>,
    /// Since when the person waits.
    pub registered_on: NaiveDate,
    /// The person objected to automatic ranking (UU PDP Ps 10).
    pub objects_to_ranking: bool,
    /// Applications that are confirmed, referred, in interview or offered.
    pub live: i64,
    /// 1 while hired or started.
    pub placed: i64,
    /// The first agency that nominated the person; all of them are in `nominations`.
    pub nominated_by: Option<OrganisationId>,
    /// Whether this is an invented sample.
    pub sample: bool,
    /// Grows by one with every change of the profile.
    pub version: i64,
    /// When it was made.
    pub created_at: DateTime<Utc>,
    /// When it last changed.
    pub updated_at: DateTime<Utc>,
}

impl Person {
    /// What decides whether the service may propose the person today.
    pub fn standing(&self, today: NaiveDate) -> Standing {
        let (objects, placed) = (self.objects_to_ranking, self.placed > 0);
        let in_class = is_in_class(self.class_ends_on, today);
        Standing { objects, placed, seeking: self.status.is_seeking(), in_class }
    }
}

/// What a person wishes; unknown is neither match nor failure.
#[derive(Clone, Debug, Default, PartialEq, Eq, sqlx::FromRow)]
pub struct Wishes {
    /// Lowest acceptable wage, rupiah per month.
    pub wage_floor: Option<i64>,
    /// Longest way to work, metres.
    pub max_distance_m: Option<i64>,
    /// Whether shift work is acceptable.
    pub shift_ok: Option<bool>,
    /// How the person gets to work.
    pub transport: Option<String>,
    /// Whether living at work is acceptable.
    pub dormitory_ok: Option<bool>,
    /// How they want to be told.
    pub contact_way: Option<Way>,
    /// When they can be reached best, in own words.
    pub contact_hour: Option<String>,
    /// How much a message may say.
    pub message_content: Option<Content>,
}

/// Which people a caller may see: every caller has one reach.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Scope {
    /// The labour office sees all.
    Office,
    /// Those this login holds.
    Account(AccountId),
    /// Those of this village who agreed to its companion.
    Village(String),
    /// Those this agency nominated.
    Agency(OrganisationId),
}

/// The last item of the page before.
pub type Cursor = (DateTime<Utc>, PersonId);

/// The columns of `people p`.
macro_rules! columns {
    () => {
        "p.id, p.nik_cipher, p.nik_key, p.nik_lookup, p.family_key, p.name, p.sex, p.birth_date, p.phone, p.village, \
         p.address, p.education, p.major, p.disability, p.status, p.available_from, p.class_ends_on, p.ak1_number, p.registered_on, \
         p.objects_to_ranking, p.live, p.placed, p.nominated_by, p.sample, p.version, p.created_at, p.updated_at "
    };
}

/// The person $1, under this condition of the caller $2.
macro_rules! one {
    ($condition:literal) => {
        concat!("select ", columns!(), "from people p where p.id = $1 and p.erased_at is null ", $condition)
    };
}

/// A page whose order an index gives: from this place on in this order, at most $3.
macro_rules! walk {
    ($place:literal, $order:literal) => {
        concat!(
            "select ",
            columns!(),
            "from people p where ",
            $place,
            "and p.erased_at is null order by ",
            $order,
            "limit $3"
        )
    };
}

texts! {
    FIND = one!("");
    FIND_BY_NIK = concat!("select ", columns!(), "from people p where p.nik_lookup = $1 and p.erased_at is null");
    FIND_OF_ACCOUNT = one!("and exists (select 1 from account_people h where h.account_id = $2 and h.person_id = p.id)");
    FIND_OF_VILLAGE = one!("and p.village = $2 and p.accompanied");
    FIND_OF_AGENCY = one!("and exists (select 1 from nominations n where n.person_id = p.id and n.organisation_id = $2)");

    ALL = walk!("(p.created_at, p.id) > ($1, $2) ", "p.created_at, p.id ");
    // Not `village = $4`: a planner would know that the order then is that of the whole table, and walk it.
    OF_VILLAGE = walk!("(p.village, p.created_at, p.id) > ($4, $1, $2) and p.village <= $4 and p.accompanied ",
        "p.village, p.created_at, p.id ");
    // A login holds few, an agency names some hundreds: all are found, then put in order.
    OF_AGENCY = concat!("with own as materialized (select person_id from nominations where organisation_id = $4 \
        and person_id is not null) select ", columns!(), "from own o join people p on p.id = o.person_id \
        where (p.created_at, p.id) > ($1, $2) and p.erased_at is null order by p.created_at, p.id limit $3");
    OF_ACCOUNT = concat!("with own as materialized (select person_id from account_people where account_id = $4) select ",
        columns!(), "from own o join people p on p.id = o.person_id where (p.created_at, p.id) > ($1, $2) \
        and p.erased_at is null order by p.created_at, p.id limit $3");
}

/// Finds a person inside a scope; one who was erased is none.
pub async fn find(tx: &mut Tx, scope: &Scope, id: PersonId) -> Result<Option<Person>, StoreError> {
    match scope {
        Scope::Office => sql!(tx, fetch_optional<Person>, text: FIND, id),
        Scope::Account(whom) => sql!(tx, fetch_optional<Person>, text: FIND_OF_ACCOUNT, id, *whom),
        Scope::Village(whom) => sql!(tx, fetch_optional<Person>, text: FIND_OF_VILLAGE, id, whom.clone()),
        Scope::Agency(whom) => sql!(tx, fetch_optional<Person>, text: FIND_OF_AGENCY, id, *whom),
    }
}

/// Finds a person by the keyed hash of the NIK.
pub async fn find_by_nik(tx: &mut Tx, lookup: &[u8]) -> Result<Option<Person>, StoreError> {
    sql!(tx, fetch_optional<Person>, text: FIND_BY_NIK, lookup.to_vec())
}

/// One page inside a scope, oldest first.
pub async fn page(
    tx: &mut Tx,
    scope: &Scope,
    after: Option<Cursor>,
    limit: i64,
) -> Result<Vec<Person>, StoreError> {
    let (at, id) = place(after);
    match scope {
        Scope::Office => sql!(tx, fetch_all<Person>, text: ALL, at, id, limit),
        Scope::Account(whom) => sql!(tx, fetch_all<Person>, text: OF_ACCOUNT, at, id, limit, *whom),
        Scope::Village(whom) => sql!(tx, fetch_all<Person>, text: OF_VILLAGE, at, id, limit, whom.clone()),
        Scope::Agency(whom) => sql!(tx, fetch_all<Person>, text: OF_AGENCY, at, id, limit, *whom),
    }
}

/// What a person row counts: live applications and whether placed.
#[derive(Clone, Copy, Debug, sqlx::FromRow)]
pub struct Counters {
    pub id: PersonId,
    /// Applications that are confirmed, referred, in interview or offered.
    pub live: i64,
    /// 1 while hired or started.
    pub placed: i64,
}

/// Locks a person's row for the rest of the transaction and reads its counters.
pub async fn lock(tx: &mut Tx, id: PersonId) -> Result<Option<Counters>, StoreError> {
    sql!(
        tx,
        fetch_optional<Counters>,
        sqlite: "select id, live, placed from people where id = $1",
        postgres: "select id, live, placed from people where id = $1 for update",
        id
    )
}

/// Stores the counters; the CHECK constraints refuse what would break a limit. The row must have been locked.
pub async fn set_counters(tx: &mut Tx, c: &Counters) -> Result<u64, StoreError> {
    sql!(tx, execute, "update people set live = $2, placed = $3 where id = $1", c.id, c.live, c.placed)
}

/// Adds a person; 0 rows when the NIK is known.
pub async fn insert(tx: &mut Tx, p: &Person) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into people (id, nik_cipher, nik_key, nik_lookup, family_key, name, sex, birth_date, phone, village, address, \
         education, major, disability, status, available_from, ak1_number, registered_on, objects_to_ranking, nominated_by, \
         sample, version, created_at, updated_at, class_ends_on) values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, \
         $16, $17, $18, $19, $20, $21, $22, $23, $24, $25) on conflict do nothing",
        p.id,
        p.nik_cipher.clone(),
        p.nik_key,
        p.nik_lookup.clone(),
        p.family_key.clone(),
        p.name.clone(),
        p.sex.clone(),
        p.birth_date,
        p.phone.clone(),
        p.village.clone(),
        p.address.clone(),
        p.education.clone(),
        p.major.clone(),
        p.disability.clone(),
        p.status,
        p.available_from,
        p.ak1_number.clone(),
        p.registered_on,
        p.objects_to_ranking,
        p.nominated_by,
        p.sample,
        p.version,
        p.created_at,
        p.updated_at,
        p.class_ends_on
    )
}

/// Compare-and-swap of what may be edited: contact, home, education, status, objection. Whoever moves agreed to another companion.
pub async fn swap_profile(tx: &mut Tx, before: &Person, p: &Person) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "update people set name = $3, phone = $4, village = $5, address = $6, education = $7, major = $8, disability = $9, \
         status = $10, available_from = $11, ak1_number = $12, objects_to_ranking = $13, version = $14, updated_at = $15, class_ends_on = $16, \
         accompanied = (accompanied and village is not distinct from $5) \
         where id = $1 and version = $2",
        before.id,
        before.version,
        p.name.clone(),
        p.phone.clone(),
        p.village.clone(),
        p.address.clone(),
        p.education.clone(),
        p.major.clone(),
        p.disability.clone(),
        p.status,
        p.available_from,
        p.ak1_number.clone(),
        p.objects_to_ranking,
        p.version,
        p.updated_at,
        p.class_ends_on
    )
}

/// The wishes of a person.
pub async fn wishes(tx: &mut Tx, id: PersonId) -> Result<Wishes, StoreError> {
    let found = sql!(
        tx,
        fetch_optional<Wishes>,
        "select wage_floor, max_distance_m, shift_ok, transport, dormitory_ok, contact_way, contact_hour, message_content \
         from wishes where person_id = $1",
        id
    )?;
    Ok(found.unwrap_or_default())
}

/// Stores the wishes of a person.
pub async fn set_wishes(tx: &mut Tx, id: PersonId, w: &Wishes) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into wishes (person_id, wage_floor, max_distance_m, shift_ok, transport, dormitory_ok, contact_way, contact_hour, \
         message_content) values ($1, $2, $3, $4, $5, $6, $7, $8, $9) \
         on conflict (person_id) do update set wage_floor = excluded.wage_floor, max_distance_m = excluded.max_distance_m, \
         shift_ok = excluded.shift_ok, transport = excluded.transport, dormitory_ok = excluded.dormitory_ok, \
         contact_way = excluded.contact_way, contact_hour = excluded.contact_hour, message_content = excluded.message_content",
        id,
        w.wage_floor,
        w.max_distance_m,
        w.shift_ok,
        w.transport.clone(),
        w.dormitory_ok,
        w.contact_way,
        w.contact_hour.clone(),
        w.message_content
    )
}

/// What a match run and the index need of a person: never name, NIK or phone.
#[derive(Clone, Debug, sqlx::FromRow)]
pub struct MatchRow {
    pub id: PersonId,
    /// For the legal minimum age and nothing else.
    pub birth_date: NaiveDate,
    /// Sex, for the fairness report only.
    pub sex: Option<String>,
    /// Disability, for priority by evidence and the fairness report only.
    pub disability: Option<String>,
    /// Equal for one family, for the fairness report only.
    pub family_key: Option<Vec<u8>>,
    /// Village code of the home; none while unknown.
    pub village: Option<String>,
    /// Highest education.
    pub education: Option<String>,
    /// Major or field of study.
    pub major: Option<String>,
    /// Status outside applications.
    pub status: Status,
    /// From when the person can work.
    pub available_from: Option<NaiveDate>,
    /// Last day of the class of training the person is in.
    pub class_ends_on: Option<NaiveDate>,
    /// Since when the person waits.
    pub registered_on: NaiveDate,
    /// Objected to automatic ranking.
    pub objects_to_ranking: bool,
    /// Live applications.
    pub live: i64,
    /// 1 while hired or started.
    pub placed: i64,
    /// Lowest acceptable wage.
    pub wage_floor: Option<i64>,
    /// Longest way to work, metres.
    pub max_distance_m: Option<i64>,
    /// Whether shift work is acceptable.
    pub shift_ok: Option<bool>,
    /// How the person travels.
    pub transport: Option<String>,
    /// Whether living at work is acceptable.
    pub dormitory_ok: Option<bool>,
}

/// Everybody, for a match run.
pub async fn match_rows(tx: &mut Tx) -> Result<Vec<MatchRow>, StoreError> {
    sql!(
        tx,
        fetch_all<MatchRow>,
        "select p.id, p.birth_date, p.sex, p.disability, p.family_key, p.village, p.education, p.major, p.status, \
         p.available_from, p.class_ends_on, p.registered_on, p.objects_to_ranking, p.live, p.placed, w.wage_floor, w.max_distance_m, w.shift_ok, \
         w.transport, w.dormitory_ok from people p left join wishes w on w.person_id = p.id \
         where p.erased_at is null order by p.id"
    )
}

/// These people, for a shortlist; `ids` is a JSON array of ids as text.
pub async fn match_rows_among(tx: &mut Tx, ids: &str) -> Result<Vec<MatchRow>, StoreError> {
    sql!(
        tx,
        fetch_all<MatchRow>,
        sqlite: "select p.id, p.birth_date, p.sex, p.disability, p.family_key, p.village, p.education, p.major, \
         p.status, p.available_from, p.class_ends_on, p.registered_on, p.objects_to_ranking, p.live, p.placed, w.wage_floor, w.max_distance_m, \
         w.shift_ok, w.transport, w.dormitory_ok from people p left join wishes w on w.person_id = p.id \
         where p.erased_at is null and p.id in (select unhex(value, '-') from json_each($1)) order by p.id",
        postgres: "select p.id, p.birth_date, p.sex, p.disability, p.family_key, p.village, p.education, p.major, \
         p.status, p.available_from, p.class_ends_on, p.registered_on, p.objects_to_ranking, p.live, p.placed, w.wage_floor, w.max_distance_m, \
         w.shift_ok, w.transport, w.dormitory_ok from people p left join wishes w on w.person_id = p.id \
         where p.erased_at is null \
         and p.id in (select cast(value as uuid) from jsonb_array_elements_text(cast($1 as jsonb))) order by p.id",
        ids.to_owned()
    )
}

/// The next people by id, for reading everybody page by page.
pub async fn match_rows_after(
    tx: &mut Tx,
    after: Option<PersonId>,
    limit: i64,
) -> Result<Vec<MatchRow>, StoreError> {
    sql!(
        tx,
        fetch_all<MatchRow>,
        "select p.id, p.birth_date, p.sex, p.disability, p.family_key, p.village, p.education, p.major, p.status, \
         p.available_from, p.class_ends_on, p.registered_on, p.objects_to_ranking, p.live, p.placed, w.wage_floor, w.max_distance_m, w.shift_ok, \
         w.transport, w.dormitory_ok from people p left join wishes w on w.person_id = p.id where p.erased_at is null and p.id > $1 \
         order by p.id limit $2",
        after.unwrap_or(PersonId(uuid::Uuid::nil())),
        limit
    )
}

/// Those of these people who have at least `most` live applications; `ids` is a JSON array of ids as text.
pub async fn busy_among(tx: &mut Tx, ids: &str, most: i64) -> Result<Vec<(PersonId,)>, StoreError> {
    sql!(
        tx,
        fetch_all<(PersonId,)>,
        sqlite: "select id from people where live >= $2 and id in (select unhex(value, '-') from json_each($1))",
        postgres: "select id from people where live >= $2 and id in \
         (select cast(value as uuid) from jsonb_array_elements_text(cast($1 as jsonb)))",
        ids.to_owned(),
        most
    )
}

/// How many people there are.
pub async fn count(tx: &mut Tx) -> Result<i64, StoreError> {
    let (count,): (i64,) =
        sql!(tx, fetch_one<(i64,)>, "select count(*) from people where erased_at is null")?;
    Ok(count)
}

/// Lets a login hold a person.
pub async fn attach(tx: &mut Tx, account: AccountId, person: PersonId) -> Result<u64, StoreError> {
    sql!(
        tx,
        execute,
        "insert into account_people (account_id, person_id) values ($1, $2) on conflict do nothing",
        account,
        person
    )
}
