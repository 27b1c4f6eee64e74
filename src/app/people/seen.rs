//! How a person looks to each audience: welfare, health and the end of a NIK only to those `domain::disclosure` names. A
//! NIK is never told whole.
use chrono::{DateTime, NaiveDate, Utc};
use serde::Serialize;
use utoipa::ToSchema;

use crate::{
    app::people::Full,
    domain::{
        access::AuditActor,
        contact::{Content, Way},
        disclosure::Audience,
        education::Education,
        evidence,
        ids::{OrganisationId, PersonId, RecordId},
        intake::words::{Disability, Transport},
        nik::Sex,
        person::Status,
        profile::{Item, ItemKind},
        region, training,
    },
    store::{
        people::{Person, Wishes},
        profile_marks::Mark,
        profiles::{Certificate, Criterion, Experience, Profile},
        undated_evidence,
    },
};

/// A person, with as much as the caller may see.
#[derive(Serialize, ToSchema)]
pub struct PersonView {
    pub id: PersonId,
    /// Full name.
    pub name: String,
    /// Never used for ranking.
    #[schema(value_type = Option<Sex>)]
    pub sex: Option<String>,
    /// Date of birth; used for the legal minimum age only.
    pub birth_date: NaiveDate,
    /// Number to call.
    pub phone: Option<String>,
    /// Village code of the home.
    pub village: Option<String>,
    /// Street address.
    pub address: Option<String>,
    /// Highest education.
    #[schema(value_type = Option<Education>)]
    pub education: Option<String>,
    /// Field of study.
    pub major: Option<String>,
    /// Status outside applications.
    pub status: Status,
    /// From when the person can work.
    pub available_from: Option<NaiveDate>,
    /// Since when the person waits.
    pub registered_on: NaiveDate,
    /// Objected to automatic ranking.
    pub objects_to_ranking: bool,
    /// Applications that are live, 0 to 3.
    pub live: i64,
    /// Hired or started through this service.
    pub placed: bool,
    /// Whether the person is invented.
    pub sample: bool,
    /// Version, as in the ETag.
    pub version: i64,
    /// When registered here.
    pub created_at: DateTime<Utc>,
    /// When the profile last changed.
    pub updated_at: DateTime<Utc>,
    /// For the office, the agency that nominated, and the person.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub confidential: Option<PersonConfidential>,
    /// When one person is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub profile: Option<ProfileView>,
}

/// Welfare, health and registration data.
#[derive(Serialize, ToSchema)]
pub struct PersonConfidential {
    /// Last four digits of the NIK; for officers, when one person is read.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub nik_last4: Option<String>,
    /// Kind of disability, if told.
    #[schema(value_type = Option<Disability>)]
    pub disability: Option<String>,
    /// Number of the jobseeker's card.
    pub ak1_number: Option<String>,
    /// The first agency that nominated the person; for officers and the person.
    pub nominated_by: Option<OrganisationId>,
    /// Evidence of priority, when one person is read.
    pub criteria: Vec<CriterionView>,
}

/// What a person can do and wishes.
#[derive(Serialize, ToSchema)]
pub struct ProfileView {
    /// Trainings.
    pub trainings: Vec<TrainingView>,
    /// Certificates and licences.
    pub certificates: Vec<CertificateView>,
    /// Jobs held before.
    pub experiences: Vec<ExperienceView>,
    /// Skills as told.
    pub skills: Vec<String>,
    /// Wishes.
    pub wishes: WishesView,
    /// Who said which of these, and what was verified; of what was taken in before these were kept nothing is known.
    pub marks: Vec<MarkView>,
}

/// What is known of one item of a profile.
#[derive(Serialize, ToSchema)]
pub struct MarkView {
    /// Of what kind.
    pub kind: ItemKind,
    /// What it is called where it is verified: the kind, and of several a colon and which one.
    #[schema(example = "skill:menjahit")]
    pub item: String,
    /// In which capacity somebody said it.
    pub said_by: AuditActor,
    pub said_at: DateTime<Utc>,
    /// When an officer saw it proved; then it changes by asking only.
    pub verified_at: Option<DateTime<Utc>>,
}

impl MarkView {
    /// None for an item of a kind that this program does not know.
    pub fn of(mark: Mark) -> Option<Self> {
        Some(Self {
            kind: Item::parse(&mark.item)?.kind,
            item: mark.item,
            said_by: mark.said_by,
            said_at: mark.said_at,
            verified_at: mark.verified_at,
        })
    }
}

/// A training.
#[derive(Serialize, ToSchema)]
pub struct TrainingView {
    pub id: RecordId,
    /// What was trained.
    pub programme: String,
    /// When it ended.
    pub ended_on: Option<NaiveDate>,
    /// How it ended; unknown when nobody said.
    #[schema(value_type = Option<training::Outcome>)]
    pub result: Option<String>,
}

/// A certificate or licence.
#[derive(Serialize, ToSchema)]
pub struct CertificateView {
    pub id: RecordId,
    pub name: String,
    /// When it was given.
    pub issued_on: Option<NaiveDate>,
    /// Last day on which it holds.
    pub expires_on: Option<NaiveDate>,
}

/// A job held before.
#[derive(Serialize, ToSchema)]
pub struct ExperienceView {
    pub id: RecordId,
    /// What was done.
    pub job: String,
    /// For how many months.
    pub months: i64,
}

/// What a person wants of a job.
#[derive(Serialize, ToSchema)]
pub struct WishesView {
    /// Lowest acceptable wage, rupiah per month.
    pub wage_floor: Option<i64>,
    /// Longest way to work, metres.
    pub max_distance_m: Option<i64>,
    /// Whether shift work is acceptable.
    pub shift_ok: Option<bool>,
    /// How the person gets to work.
    #[schema(value_type = Option<Transport>)]
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

/// Dated evidence of priority.
#[derive(Serialize, ToSchema)]
pub struct CriterionView {
    pub id: RecordId,
    /// What it speaks for.
    pub criterion: evidence::Criterion,
    /// The decile, or 1.
    pub value: i64,
    /// Where it comes from.
    pub source: String,
    /// Date of the data.
    pub dated_on: NaiveDate,
    /// Last day on which it counts.
    pub expires_on: NaiveDate,
}

/// Evidence whose date nobody told.
#[derive(Serialize, ToSchema)]
pub struct UndatedEvidence {
    /// Its id.
    pub id: RecordId,
    /// Whose it is.
    pub person_id: PersonId,
    /// Their name.
    #[schema(example = "Contoh 12")]
    pub person_name: String,
    /// Number to call.
    #[schema(example = "+6286012345678")]
    pub phone: Option<String>,
    /// Village code of the home.
    #[schema(example = "33.11.05.2010")]
    pub village: Option<String>,
    /// Its name, with its district.
    #[schema(example = "Desa Nguter, Kecamatan Nguter")]
    pub village_name: Option<String>,
    /// What it speaks for.
    pub criterion: evidence::Criterion,
    /// The decile, or 1.
    #[schema(example = 2)]
    pub value: i64,
    /// Where it comes from.
    #[schema(example = "DTSEN")]
    pub source: String,
    /// The date it bears: the day on which it was recorded.
    pub dated_on: NaiveDate,
    /// Last day on which it counts.
    pub expires_on: NaiveDate,
    /// When it was recorded.
    pub recorded_at: DateTime<Utc>,
}

impl From<undated_evidence::Listed> for UndatedEvidence {
    fn from(row: undated_evidence::Listed) -> Self {
        let village_name = row.village.as_deref().and_then(region::full_name);
        Self {
            id: row.id,
            person_id: row.person_id,
            person_name: row.person_name,
            phone: row.person_phone,
            village: row.village,
            village_name,
            criterion: row.criterion,
            value: row.value,
            source: row.source,
            dated_on: row.dated_on,
            expires_on: row.expires_on,
            recorded_at: row.recorded_at,
        }
    }
}

impl From<Criterion> for CriterionView {
    fn from(c: Criterion) -> Self {
        Self {
            id: c.id,
            criterion: c.criterion,
            value: c.value,
            source: c.source,
            dated_on: c.dated_on,
            expires_on: c.expires_on,
        }
    }
}

impl PersonView {
    /// A row of a list.
    pub fn row(p: Person, audience: Audience) -> Self {
        let confidential = audience.sees_welfare().then(|| PersonConfidential {
            nik_last4: None,
            disability: p.disability,
            ak1_number: p.ak1_number,
            nominated_by: p.nominated_by.filter(|_| audience.sees_who_nominated()),
            criteria: Vec::new(),
        });
        Self {
            id: p.id,
            name: p.name,
            sex: p.sex,
            birth_date: p.birth_date,
            phone: p.phone,
            village: p.village,
            address: p.address,
            education: p.education,
            major: p.major,
            status: p.status,
            available_from: p.available_from,
            registered_on: p.registered_on,
            objects_to_ranking: p.objects_to_ranking,
            live: p.live,
            placed: p.placed > 0,
            sample: p.sample,
            version: p.version,
            created_at: p.created_at,
            updated_at: p.updated_at,
            confidential,
            profile: None,
        }
    }

    /// With the profile; `nik_tail` are the last digits of the NIK, for those who see them.
    pub fn whole(full: Full, nik_tail: Option<String>, audience: Audience) -> Self {
        let mut view = Self::row(full.person, audience);
        if let Some(confidential) = &mut view.confidential {
            confidential.nik_last4 = nik_tail;
            confidential.criteria = full.criteria.into_iter().map(CriterionView::from).collect();
        }
        view.profile = Some(ProfileView::of(full.profile, full.wishes, full.marks));
        view
    }
}

impl ProfileView {
    pub(super) fn of(profile: Profile, wishes: Wishes, marks: Vec<Mark>) -> Self {
        let trainings = profile.trainings.into_iter();
        Self {
            trainings: trainings
                .map(|t| TrainingView {
                    id: t.id,
                    programme: t.programme,
                    ended_on: t.ended_on,
                    result: t.result,
                })
                .collect(),
            certificates: profile.certificates.into_iter().map(CertificateView::from).collect(),
            experiences: profile.experiences.into_iter().map(ExperienceView::from).collect(),
            skills: profile.skills,
            wishes: WishesView::from(wishes),
            marks: marks.into_iter().filter_map(MarkView::of).collect(),
        }
    }
}

impl From<Certificate> for CertificateView {
    fn from(c: Certificate) -> Self {
        Self { id: c.id, name: c.name, issued_on: c.issued_on, expires_on: c.expires_on }
    }
}

impl From<Experience> for ExperienceView {
    fn from(e: Experience) -> Self {
        Self { id: e.id, job: e.job, months: e.months }
    }
}

impl From<Wishes> for WishesView {
    fn from(w: Wishes) -> Self {
        Self {
            wage_floor: w.wage_floor,
            max_distance_m: w.max_distance_m,
            shift_ok: w.shift_ok,
            transport: w.transport,
            dormitory_ok: w.dormitory_ok,
            contact_way: w.contact_way,
            contact_hour: w.contact_hour,
            message_content: w.message_content,
        }
    }
}
