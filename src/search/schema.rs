//! What a document of the index is: its fields, and the plain types they are made from. Profiles and vacancies share one
//! index (one commit covers both) but no field, so that the statistics of one never colour the ranking of the other.
use serde::{Deserialize, Serialize};
use tantivy::{
    TantivyDocument, Term,
    schema::{
        BytesOptions, FAST, Field, IndexRecordOption, NumericOptions, Schema, SchemaBuilder,
        TextFieldIndexing, TextOptions,
    },
};
use uuid::Uuid;

use crate::{
    domain::ids::{PersonId, VacancyId},
    search::analyzer,
};

/// Raise it with every change of the fields below or of what is put into them: old folders are then built anew.
pub const SCHEMA_VERSION: u32 = 1;

/// What the index keeps of a person: what they can do and in which village they live.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ProfileDocument {
    /// Whose profile.
    pub person: PersonId,
    /// Programmes, skills, certificates, jobs held, education, major, each as written.
    pub words: Vec<String>,
    /// Concept ids (`occ:8153`, `skill:jahit`).
    pub concepts: Vec<String>,
    /// Village code of the home.
    pub village: Option<String>,
}

/// What the index keeps of an open vacancy.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VacancyDocument {
    pub vacancy: VacancyId,
    /// Job title as written.
    pub title: String,
    /// Everything else that was written, piece by piece.
    pub words: Vec<String>,
    /// Concept ids.
    pub concepts: Vec<String>,
    /// Village code of the workplace.
    pub village: Option<String>,
}

/// One step of bringing the index up to date. A document replaces the one of the same id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Change {
    /// The profile as it is now.
    Profile(ProfileDocument),
    /// The open vacancy as it is now.
    Vacancy(VacancyDocument),
    /// The person is gone, or objected to ranking.
    RemoveProfile(PersonId),
    /// The vacancy is gone or no longer open.
    RemoveVacancy(VacancyId),
}

/// Which database an index was made from and up to where: part of every commit.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Payload {
    /// The store's own id.
    pub store_id: Uuid,
    /// How often that store was restored from a backup.
    pub restore_epoch: i64,
    /// The outbox was applied below this position.
    pub watermark: i64,
}

/// The fields of the index.
#[derive(Clone, Copy, Debug)]
pub struct Fields {
    /// Kind and id of the object; found again for replacing.
    pub key: Field,
    /// First and second half of the id, as columns that are read without opening a document.
    pub id_high: Field,
    /// See `id_high`.
    pub id_low: Field,
    /// Fields of profiles.
    pub profile: Texts,
    /// Fields of vacancies.
    pub vacancy: Texts,
    /// Job title of a vacancy, analysed; profiles have none.
    pub vacancy_title: Field,
}

/// The fields that both kinds of document have, each kind its own.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    /// Analysed text.
    pub words: Field,
    /// Concept ids, as they are.
    pub concepts: Field,
    /// Village code, as it is.
    pub village: Field,
}

/// Names of the id columns.
pub(super) const ID_HIGH: &str = "id_high";
/// See `ID_HIGH`.
pub(super) const ID_LOW: &str = "id_low";

/// Builds the schema. Nothing is stored: a document is never read back, only its id.
pub(super) fn build() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let fields = Fields {
        key: builder.add_bytes_field("key", BytesOptions::default().set_indexed()),
        id_high: builder.add_u64_field(ID_HIGH, NumericOptions::from(FAST)),
        id_low: builder.add_u64_field(ID_LOW, NumericOptions::from(FAST)),
        profile: Texts {
            words: builder.add_text_field("profile_words", analysed()),
            concepts: builder.add_text_field("profile_concepts", raw()),
            village: builder.add_text_field("profile_village", raw()),
        },
        vacancy: Texts {
            words: builder.add_text_field("vacancy_words", analysed()),
            concepts: builder.add_text_field("vacancy_concepts", raw()),
            village: builder.add_text_field("vacancy_village", raw()),
        },
        vacancy_title: builder.add_text_field("vacancy_title", analysed()),
    };
    (SchemaBuilder::build(builder), fields)
}

/// The field of the key term by which a person's document is found.
pub(super) fn profile_key(fields: &Fields, id: PersonId) -> Term {
    Term::from_field_bytes(fields.key, &key(b'p', id.0))
}

/// The key term by which a vacancy's document is found.
pub(super) fn vacancy_key(fields: &Fields, id: VacancyId) -> Term {
    Term::from_field_bytes(fields.key, &key(b'v', id.0))
}

/// A profile as the search engine takes it.
pub(super) fn profile_document(fields: &Fields, profile: &ProfileDocument) -> TantivyDocument {
    let mut document = start(fields, b'p', profile.person.0);
    add_texts(&mut document, &fields.profile, &profile.words, &profile.concepts);
    if let Some(village) = &profile.village {
        document.add_text(fields.profile.village, village);
    }
    document
}

/// A vacancy as the search engine takes it.
pub(super) fn vacancy_document(fields: &Fields, vacancy: &VacancyDocument) -> TantivyDocument {
    let mut document = start(fields, b'v', vacancy.vacancy.0);
    document.add_text(fields.vacancy_title, &vacancy.title);
    add_texts(&mut document, &fields.vacancy, &vacancy.words, &vacancy.concepts);
    if let Some(village) = &vacancy.village {
        document.add_text(fields.vacancy.village, village);
    }
    document
}

fn start(fields: &Fields, kind: u8, id: Uuid) -> TantivyDocument {
    let (high, low) = id.as_u64_pair();
    let mut document = TantivyDocument::new();
    document.add_bytes(fields.key, &key(kind, id));
    document.add_u64(fields.id_high, high);
    document.add_u64(fields.id_low, low);
    document
}

fn add_texts(document: &mut TantivyDocument, texts: &Texts, words: &[String], concepts: &[String]) {
    for piece in words {
        document.add_text(texts.words, piece);
    }
    for concept in concepts {
        document.add_text(texts.concepts, concept);
    }
}

fn key(kind: u8, id: Uuid) -> [u8; 17] {
    let mut key = [kind; 17];
    key[1..].copy_from_slice(id.as_bytes());
    key
}

fn analysed() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(analyzer::NAME)
        .set_index_option(IndexRecordOption::WithFreqs);
    TextOptions::default().set_indexing_options(indexing)
}

fn raw() -> TextOptions {
    let indexing = TextFieldIndexing::default()
        .set_tokenizer("raw")
        .set_index_option(IndexRecordOption::Basic)
        .set_fieldnorms(false);
    TextOptions::default().set_indexing_options(indexing)
}
