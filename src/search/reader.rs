//! Retrieving from the index. Scores order a search page and nothing else: they change with deletions and merges, so
//! stored points come from `matching`. Every id found is re-checked against the database before it is shown.
use std::collections::{BTreeMap, BTreeSet};

use tantivy::{
    DocId, Index, IndexReader, ReloadPolicy, Score, Searcher, SegmentReader, Term,
    collector::TopDocs,
    columnar::Column,
    query::{BooleanQuery, BoostQuery, ConstScoreQuery, Occur, Query, TermQuery},
    schema::{Field, IndexRecordOption},
};
use uuid::Uuid;

use crate::{
    domain::ids::{PersonId, VacancyId},
    reading::tokens,
    search::{
        SearchError,
        schema::{Fields, ID_HIGH, ID_LOW, Payload, Texts},
        writer,
    },
};

/// A word of the title says more about a vacancy than one of its text.
const TITLE_BOOST: Score = 2.0;

/// What is looked for: documents that share at least one concept or word, those that share more and rarer ones first.
#[derive(Clone, Copy, Debug, Default)]
pub struct Wanted<'a> {
    /// Concept ids.
    pub concepts: &'a [String],
    /// Free text, analysed like the documents.
    pub words: &'a str,
    /// Only from this village.
    pub village: Option<&'a str>,
}

/// Looks into one generation as of its last `refresh`. Clones share that view.
#[derive(Clone)]
pub struct Reader {
    index: Index,
    engine: IndexReader,
    fields: Fields,
}

impl std::fmt::Debug for Reader {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Reader").field("num_docs", &self.num_docs()).finish_non_exhaustive()
    }
}

impl Reader {
    pub(super) fn new(index: Index, fields: Fields) -> Result<Self, SearchError> {
        let engine = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
        Ok(Self { index, engine, fields })
    }

    /// Lets later calls see what was committed meanwhile.
    pub fn refresh(&self) -> Result<(), SearchError> {
        Ok(self.engine.reload()?)
    }

    /// The best profiles for what is wanted, best first, equal ones by id.
    pub fn profiles(&self, wanted: &Wanted<'_>, limit: usize) -> Result<Vec<(PersonId, f32)>, SearchError> {
        let texts = self.fields.profile;
        let found = self.best(&texts, &[(texts.words, 1.0)], wanted, limit)?;
        Ok(found.into_iter().map(|(id, score)| (PersonId(id), score)).collect())
    }

    /// The best open vacancies for what is wanted, best first, equal ones by id.
    pub fn vacancies(&self, wanted: &Wanted<'_>, limit: usize) -> Result<Vec<(VacancyId, f32)>, SearchError> {
        let texts = self.fields.vacancy;
        let words = [(texts.words, 1.0), (self.fields.vacancy_title, TITLE_BOOST)];
        let found = self.best(&texts, &words, wanted, limit)?;
        Ok(found.into_iter().map(|(id, score)| (VacancyId(id), score)).collect())
    }

    /// Everybody whose profile has at least one of the concepts, each once, in no particular order.
    pub fn all_profiles_sharing(
        &self,
        concepts: &[String],
    ) -> Result<impl Iterator<Item = PersonId> + use<>, SearchError> {
        Ok(self.sharing(self.fields.profile.concepts, concepts)?.into_iter().map(PersonId))
    }

    /// Every open vacancy that has at least one of the concepts, each once, in no particular order.
    pub fn all_vacancies_sharing(
        &self,
        concepts: &[String],
    ) -> Result<impl Iterator<Item = VacancyId> + use<>, SearchError> {
        Ok(self.sharing(self.fields.vacancy.concepts, concepts)?.into_iter().map(VacancyId))
    }

    /// What the last commit on disk said.
    pub fn payload(&self) -> Result<Option<Payload>, SearchError> {
        writer::read_payload(&self.index)
    }

    /// How many documents there are.
    pub fn num_docs(&self) -> u64 {
        self.engine.searcher().num_docs()
    }

    /// Every indexed term (`field:term`) with the objects that have it and how often: two indexes of the same content
    /// give the same census, whatever their history. Reads everything; for tests and for diagnosis.
    pub fn census(&self) -> Result<BTreeMap<String, BTreeSet<(Uuid, u32)>>, SearchError> {
        let fields = self.fields;
        let named = [
            ("profile_words", fields.profile.words),
            ("profile_concepts", fields.profile.concepts),
            ("profile_village", fields.profile.village),
            ("vacancy_title", fields.vacancy_title),
            ("vacancy_words", fields.vacancy.words),
            ("vacancy_concepts", fields.vacancy.concepts),
            ("vacancy_village", fields.vacancy.village),
        ];
        let mut census = BTreeMap::new();
        for segment in self.engine.searcher().segment_readers() {
            for (name, field) in named {
                count_terms(segment, name, field, &mut census)?;
            }
        }
        Ok(census)
    }

    fn best(
        &self,
        texts: &Texts,
        words: &[(Field, Score)],
        wanted: &Wanted<'_>,
        limit: usize,
    ) -> Result<Vec<(Uuid, f32)>, SearchError> {
        let searcher = self.engine.searcher();
        let Some(query) = query(texts, words, wanted) else {
            return Ok(Vec::new());
        };
        if limit == 0 {
            return Ok(Vec::new());
        }
        let found = searcher.search(&query, &TopDocs::with_limit(limit).order_by_score())?;
        let ids = columns_by_segment(&searcher)?;
        let mut best: Vec<(Uuid, f32)> = found
            .into_iter()
            .filter_map(|(score, address)| {
                let segment = usize::try_from(address.segment_ord).ok()?;
                Some((ids.get(segment)?.of(address.doc_id)?, score))
            })
            .collect();
        best.sort_by(|a, b| b.1.total_cmp(&a.1).then(a.0.cmp(&b.0)));
        Ok(best)
    }

    /// Walks the posting lists themselves: no scoring, no query tree, one flag per document.
    fn sharing(&self, field: Field, concepts: &[String]) -> Result<Vec<Uuid>, SearchError> {
        let terms: Vec<Term> = concepts.iter().map(|concept| Term::from_field_text(field, concept)).collect();
        let mut found = Vec::new();
        for segment in self.engine.searcher().segment_readers() {
            let flags = flag_documents(segment, field, &terms)?;
            let ids = IdColumns::of_segment(segment)?;
            let marked =
                (0..segment.max_doc()).zip(flags).filter(|(doc, flag)| *flag && !segment.is_deleted(*doc));
            found.extend(marked.filter_map(|(doc, _)| ids.of(doc)));
        }
        Ok(found)
    }
}

/// The columns that hold the ids of one segment.
struct IdColumns {
    high: Column<u64>,
    low: Column<u64>,
}

impl IdColumns {
    fn of_segment(segment: &SegmentReader) -> Result<Self, SearchError> {
        let columns = segment.fast_fields();
        Ok(Self { high: columns.u64(ID_HIGH)?, low: columns.u64(ID_LOW)? })
    }

    fn of(&self, doc: DocId) -> Option<Uuid> {
        Some(Uuid::from_u64_pair(self.high.first(doc)?, self.low.first(doc)?))
    }
}

fn columns_by_segment(searcher: &Searcher) -> Result<Vec<IdColumns>, SearchError> {
    searcher.segment_readers().iter().map(IdColumns::of_segment).collect()
}

fn flag_documents(segment: &SegmentReader, field: Field, terms: &[Term]) -> Result<Vec<bool>, SearchError> {
    let size = usize::try_from(segment.max_doc()).unwrap_or_default();
    let mut flags = vec![false; size];
    let index = segment.inverted_index(field)?;
    for term in terms {
        let Some(mut postings) =
            index.read_block_postings(term, IndexRecordOption::Basic).map_err(tantivy::TantivyError::from)?
        else {
            continue;
        };
        while !postings.docs().is_empty() {
            for doc in postings.docs() {
                if let Some(flag) = usize::try_from(*doc).ok().and_then(|doc| flags.get_mut(doc)) {
                    *flag = true;
                }
            }
            postings.advance();
        }
    }
    Ok(flags)
}

/// None when nothing is wanted.
fn query(texts: &Texts, words: &[(Field, Score)], wanted: &Wanted<'_>) -> Option<BooleanQuery> {
    let mut any: Vec<(Occur, Box<dyn Query>)> = Vec::new();
    for concept in wanted.concepts {
        any.push((Occur::Should, term_query(texts.concepts, concept, IndexRecordOption::Basic)));
    }
    let tokens: BTreeSet<String> =
        tokens::analyse(wanted.words).into_iter().map(|token| token.text).collect();
    for token in &tokens {
        for (field, boost) in words {
            let one = term_query(*field, token, IndexRecordOption::WithFreqs);
            any.push((Occur::Should, Box::new(BoostQuery::new(one, *boost))));
        }
    }
    if any.is_empty() {
        return None;
    }
    let any = BooleanQuery::new(any);
    let Some(village) = wanted.village else {
        return Some(any);
    };
    // The village decides who is shown, never in which order.
    let only = ConstScoreQuery::new(term_query(texts.village, village, IndexRecordOption::Basic), 0.0);
    Some(BooleanQuery::new(vec![(Occur::Must, Box::new(any)), (Occur::Must, Box::new(only))]))
}

fn term_query(field: Field, text: &str, option: IndexRecordOption) -> Box<dyn Query> {
    Box::new(TermQuery::new(Term::from_field_text(field, text), option))
}

fn count_terms(
    segment: &SegmentReader,
    name: &str,
    field: Field,
    census: &mut BTreeMap<String, BTreeSet<(Uuid, u32)>>,
) -> Result<(), SearchError> {
    let ids = IdColumns::of_segment(segment)?;
    let index = segment.inverted_index(field)?;
    let failed = tantivy::TantivyError::from;
    let mut terms = index.terms().stream().map_err(failed)?;
    while terms.advance() {
        let mut postings = index
            .read_block_postings_from_terminfo(terms.value(), IndexRecordOption::WithFreqs)
            .map_err(failed)?;
        let mut having = BTreeSet::new();
        while !postings.docs().is_empty() {
            for (place, doc) in postings.docs().iter().enumerate() {
                if !segment.is_deleted(*doc) {
                    having.extend(ids.of(*doc).map(|id| (id, postings.freq(place))));
                }
            }
            postings.advance();
        }
        if !having.is_empty() {
            let term = format!("{name}:{}", String::from_utf8_lossy(terms.key()));
            census.entry(term).or_default().extend(having);
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::search::{
        home::Home,
        schema::{Change, ProfileDocument, VacancyDocument},
        writer::Writer,
    };

    fn strings(list: &[&str]) -> Vec<String> {
        list.iter().map(|text| (*text).to_owned()).collect()
    }

    fn person(number: u128) -> PersonId {
        PersonId(Uuid::from_u128(number))
    }

    fn profile(number: u128, words: &[&str], concepts: &[&str], village: &str) -> Change {
        Change::Profile(ProfileDocument {
            person: person(number),
            words: strings(words),
            concepts: strings(concepts),
            village: Some(village.to_owned()),
        })
    }

    fn vacancy(number: u128, title: &str, words: &[&str], concepts: &[&str]) -> Change {
        Change::Vacancy(VacancyDocument {
            vacancy: VacancyId(Uuid::from_u128(number)),
            title: title.to_owned(),
            words: strings(words),
            concepts: strings(concepts),
            village: None,
        })
    }

    fn payload(watermark: i64) -> Payload {
        Payload { store_id: Uuid::from_u128(1), restore_epoch: 0, watermark }
    }

    struct Fixture {
        writer: Writer,
        reader: Reader,
        _home: Home,
        _dir: tempfile::TempDir,
    }

    impl Fixture {
        fn with(changes: &[Change]) -> Self {
            let dir = tempfile::tempdir().unwrap();
            let home = Home::claim(dir.path(), "f").unwrap();
            let draft = home.draft(1).unwrap();
            draft.add(changes).unwrap();
            let (writer, reader) = home.publish(draft, &payload(0)).unwrap();
            Self { writer, reader, _home: home, _dir: dir }
        }

        fn apply(&mut self, changes: &[Change], watermark: i64) {
            self.writer.apply(changes, &payload(watermark)).unwrap();
            self.reader.refresh().unwrap();
        }

        fn sharing(&self, concepts: &[&str]) -> BTreeSet<PersonId> {
            let found: Vec<_> = self.reader.all_profiles_sharing(&strings(concepts)).unwrap().collect();
            let set: BTreeSet<_> = found.iter().copied().collect();
            assert_eq!(set.len(), found.len(), "each once");
            set
        }
    }

    #[test]
    fn profiles_are_found_by_concept_and_word_best_first() {
        let fixture = Fixture::with(&[
            profile(1, &["menjahit"], &["skill:jahit"], "a"),
            profile(2, &["menjahit", "operator obras"], &["skill:jahit", "skill:obras"], "b"),
            profile(3, &["las listrik"], &["skill:las"], "a"),
            vacancy(4, "operator obras", &["menjahit"], &["skill:jahit", "skill:obras"]),
        ]);
        let both = strings(&["skill:jahit", "skill:obras"]);
        let wanted = Wanted { concepts: &both, words: "obras", village: None };
        let found = fixture.reader.profiles(&wanted, 10).unwrap();
        assert_eq!(found.iter().map(|(id, _)| *id).collect::<Vec<_>>(), [person(2), person(1)]);
        assert!(found[0].1 > found[1].1);
        assert_eq!(fixture.reader.profiles(&wanted, 1).unwrap().len(), 1);
        let here = Wanted { village: Some("a"), ..wanted };
        let found_here = fixture.reader.profiles(&here, 10).unwrap();
        assert_eq!(found_here, [(person(1), found[1].1)], "the village adds nothing to the score");
        assert_eq!(fixture.reader.profiles(&Wanted::default(), 10).unwrap(), []);
        assert_eq!(fixture.reader.profiles(&wanted, 0).unwrap(), []);
    }

    #[test]
    fn a_word_of_the_title_counts_more() {
        let fixture = Fixture::with(&[
            vacancy(1, "satpam", &["kurir"], &[]),
            vacancy(2, "kurir", &["satpam"], &[]),
            profile(3, &["kurir"], &[], "a"),
        ]);
        let found = fixture.reader.vacancies(&Wanted { words: "Kurir", ..Wanted::default() }, 10).unwrap();
        let order: Vec<_> = found.into_iter().map(|(id, _)| id.0.as_u128()).collect();
        assert_eq!(order, [2, 1]);
    }

    #[test]
    fn sharing_one_concept_is_enough_and_removed_ones_are_gone() {
        let mut fixture = Fixture::with(&[
            profile(1, &[], &["skill:jahit"], "a"),
            profile(2, &[], &["skill:obras", "skill:jahit"], "a"),
            profile(3, &[], &["skill:las"], "a"),
        ]);
        assert_eq!(fixture.sharing(&["skill:jahit", "skill:obras"]), [person(1), person(2)].into());
        assert_eq!(fixture.sharing(&["skill:ja"]), [].into());
        fixture.apply(&[profile(1, &[], &["skill:las"], "a"), Change::RemoveProfile(person(2))], 1);
        assert_eq!(fixture.sharing(&["skill:jahit", "skill:obras"]), [].into());
        assert_eq!(fixture.sharing(&["skill:las"]), [person(1), person(3)].into());
        let vacancies: Vec<_> =
            fixture.reader.all_vacancies_sharing(&strings(&["skill:las"])).unwrap().collect();
        assert_eq!(vacancies, []);
    }

    #[test]
    fn postings_longer_than_a_block_are_read_to_the_end() {
        let many: Vec<Change> =
            (0..1_000).map(|number| profile(number, &[], &["skill:jahit"], "a")).collect();
        assert_eq!(Fixture::with(&many).sharing(&["skill:jahit"]).len(), 1_000);
    }

    #[test]
    fn the_payload_survives_many_commits_and_their_merges() {
        let mut fixture = Fixture::with(&[]);
        for watermark in 1..=20 {
            let number = u128::try_from(watermark % 7).unwrap();
            fixture.apply(&[profile(number, &["jahit"], &["skill:jahit"], "a")], watermark);
            assert_eq!(fixture.reader.payload().unwrap(), Some(payload(watermark)));
        }
        assert_eq!(fixture.reader.num_docs(), 7);
        let Fixture { writer, reader, .. } = fixture;
        writer.finish().unwrap();
        assert_eq!(reader.payload().unwrap(), Some(payload(20)), "a merge keeps it");
    }

    #[test]
    fn the_census_depends_on_content_not_on_history() {
        let last = [profile(1, &["las las"], &["skill:las"], "a"), vacancy(9, "kurir", &["motor"], &[])];
        let mut long = Fixture::with(&[profile(1, &["jahit"], &["skill:jahit"], "b")]);
        long.apply(&[profile(2, &["obras"], &[], "b"), vacancy(8, "satpam", &[], &[])], 1);
        long.apply(&last, 2);
        long.apply(
            &[Change::RemoveProfile(person(2)), Change::RemoveVacancy(VacancyId(Uuid::from_u128(8)))],
            3,
        );
        let short = Fixture::with(&last);
        let census = short.reader.census().unwrap();
        assert_eq!(long.reader.census().unwrap(), census);
        assert!(census["profile_words:las"].contains(&(Uuid::from_u128(1), 2)));
        let other = Fixture::with(&[profile(1, &["las"], &["skill:las"], "a"), last[1].clone()]);
        assert_ne!(other.reader.census().unwrap(), census, "how often a word occurs is part of it");
    }
}
