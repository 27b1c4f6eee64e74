//! Classes as officers see them.
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::classes::{Full, Known},
    domain::{
        class,
        ids::{ClassId, OrganisationId, PersonId},
        person::{Status, proposed_from},
        region, training,
    },
    store::classes::{Listed, Member},
};

/// A class of training.
#[derive(Serialize, ToSchema)]
pub struct ClassView {
    pub id: ClassId,
    /// Name of the programme.
    #[schema(example = "Operator Jahit Garmen")]
    pub programme: String,
    /// Name of the class.
    #[schema(example = "Angkatan 3 2026")]
    pub name: String,
    /// The office that took it in.
    pub organisation_id: Option<OrganisationId>,
    /// First day; unknown for classes that stood in a list of graduates.
    pub starts_on: Option<NaiveDate>,
    /// Last day.
    pub ends_on: Option<NaiveDate>,
    /// The first day of work its members can begin on.
    pub available_from: Option<NaiveDate>,
    /// From when its members are proposed: two weeks before.
    pub matched_from: Option<NaiveDate>,
    /// How many are in it, 40 at most.
    #[schema(example = 16)]
    pub members: i64,
    /// Passed (K).
    pub competent: i64,
    /// Taken to the end and not passed (BK).
    pub not_yet: i64,
    /// Broken off.
    pub broken_off: i64,
    /// Without a result.
    pub waiting: i64,
    /// Version, as in the ETag.
    pub version: i64,
    /// When it was taken in.
    pub created_at: DateTime<Utc>,
}

/// Somebody in a class.
#[derive(Serialize, ToSchema)]
pub struct ClassMember {
    pub person_id: PersonId,
    #[schema(example = "Contoh 12")]
    pub name: String,
    /// Number to call.
    #[schema(example = "+6286012345678")]
    pub phone: Option<String>,
    /// Village code of the home.
    #[schema(example = "33.11.05.2010")]
    pub village: Option<String>,
    /// Its name, with its district.
    #[schema(example = "Desa Nguter, Kecamatan Nguter")]
    pub village_name: Option<String>,
    /// Status outside applications.
    pub status: Status,
    /// Hired or started through this service.
    pub placed: bool,
    /// May be ranked and proposed.
    pub ranking_consent: bool,
    /// From when they can work.
    pub available_from: Option<NaiveDate>,
    /// How the class ended for them; unknown when nobody said.
    #[schema(value_type = Option<training::Outcome>)]
    pub result: Option<String>,
}

/// Somebody who was registered before, and of whom the row says something else than what is stored: that stayed as it is.
#[derive(Serialize, ToSchema)]
pub struct KnownMember {
    pub person_id: PersonId,
    /// Where the row stands.
    #[schema(example = "members[3]")]
    pub row: String,
    /// The fields that differ.
    #[schema(example = json!(["phone", "address"]))]
    pub fields: Vec<String>,
}

/// A class with its members.
#[derive(Serialize, ToSchema)]
pub struct ClassDetail {
    #[serde(flatten)]
    pub class: ClassView,
    /// By name.
    pub people: Vec<ClassMember>,
    /// After members were taken in: who was known and differs. Change them one by one.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub left_as_stored: Vec<KnownMember>,
}

impl From<Listed> for ClassView {
    fn from(row: Listed) -> Self {
        let free = row.class.ends_on.map(class::free_from);
        Self {
            id: row.class.id,
            programme: row.class.programme,
            name: row.class.name,
            organisation_id: row.class.organisation_id,
            starts_on: row.class.starts_on,
            ends_on: row.class.ends_on,
            available_from: free,
            matched_from: row.class.ends_on.map(proposed_from),
            members: row.enrolled,
            competent: row.passed,
            not_yet: row.failed,
            broken_off: row.broken_off,
            waiting: row.enrolled - row.passed - row.failed - row.broken_off,
            version: row.class.version,
            created_at: row.class.created_at,
        }
    }
}

impl From<Member> for ClassMember {
    fn from(row: Member) -> Self {
        let village_name = row.village.as_deref().and_then(region::full_name);
        Self {
            person_id: row.person_id,
            name: row.name,
            phone: row.phone,
            village: row.village,
            village_name,
            status: row.status,
            placed: row.placed > 0,
            ranking_consent: !row.objects_to_ranking,
            available_from: row.available_from,
            result: row.result,
        }
    }
}

impl ClassDetail {
    /// The class as it is now, with who was known when members were taken in.
    pub fn of(full: Full, known: Vec<Known>) -> Self {
        let left = known.into_iter().map(|one| KnownMember {
            person_id: one.person,
            row: one.row,
            fields: one.fields,
        });
        Self {
            class: ClassView::from(full.class),
            people: full.members.into_iter().map(ClassMember::from).collect(),
            left_as_stored: left.collect(),
        }
    }
}
