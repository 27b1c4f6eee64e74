//! Compares the words of a title with every name of every occupation: by words weighted with their rarity and, where a
//! word is unknown, by its spelling.
//!
//! Belongs here: likeness to names, and the blend with the wording of all names of an occupation. Does not belong here: what
//! a title is made of (`code`), what the rest of an ad says (`job`).

use std::sync::LazyLock;

use crate::reading::{
    hash::{Map, Set},
    lexicon::{LEXICON, Lexicon, MENDED, Stop, Token, UNKNOWN, WITH_TITLES},
    signs::{self, Sign},
    tables::TABLES,
    wording::Wording,
};

/// The coder over the names that advertisements use (occupations.csv).
pub static ADVERTISED: LazyLock<Coder> = LazyLock::new(|| Coder::new(&LEXICON));
/// The coder over these and the titles of titles.csv; it takes titles read with [`WITH_TITLES`].
pub static WIDE: LazyLock<Coder> = LazyLock::new(|| Coder::new(&WITH_TITLES));

/// Names of occupations by the stems they contain.
#[derive(Debug)]
pub struct Coder {
    lexicon: &'static Lexicon,
    postings: Vec<Vec<u32>>,
    rarity: Vec<u32>,
    /// How often, in permille, a stem is the first word of the names it occurs in.
    headness: Vec<u32>,
    weights: Vec<u32>,
    /// Per name, the stem that carries the job.
    heads: Vec<Option<u32>>,
    /// Per stem, the occupations with it and in how many of their names it stands.
    groups: Vec<Vec<(u16, u16)>>,
    trigrams: Map<[u8; 3], Vec<u32>>,
    words: Vec<(Box<str>, u32)>,
    /// Stems of words for anybody who works somewhere.
    ranks: Vec<u32>,
    /// Stems of words that say how high a position is.
    levels: Vec<u32>,
    /// Stems of words for a step of a career.
    steps: Vec<u32>,
    wording: Wording,
    /// Stems of heads.csv with the row of the occupation.
    usual: Vec<(u32, u16)>,
    /// Stems of words of somebody who leads others.
    managing: Vec<u32>,
    /// Stems of words of somebody who does not.
    following: Vec<u32>,
}

/// Permille left to an occupation without the word that carries the title, when that word has a usual occupation.
const AGAINST_HEAD: u16 = 500;
/// Least confidence in the usual occupation, in permille of the most.
const USUAL: u32 = 440;
/// Permille left to the groups of managers in a title of somebody who leads nobody.
const FOLLOWER_AS_MANAGER: u16 = 500;
/// Permille left to all other groups in the title of a manager.
const MANAGER_AS_OTHER: u16 = 800;

/// Rarity of a word the vocabulary does not know: it may be a place or a company, so it counts little.
const UNKNOWN_RARITY: u32 = 220;
/// Permille of the likeness to a name that comes from covering the title; the rest from covering the name.
const TITLE_SHARE: u32 = 750;
/// Permille of the likeness that comes from all names of an occupation together, not only from the nearest one.
const MIX: u32 = 550;
/// Confidence of a title that says nothing, before its information is added.
const VAGUE_CONFIDENCE: u32 = 300;
/// Permille left of the likeness when the words that carry the job differ.
const OTHER_HEAD: u32 = 860;
/// Names from which on a stem is not followed on its own.
const VERY_MANY: usize = 250;
/// Permille left when no name of the occupation contains the word that carries the title.
const WITHOUT_HEAD: u32 = 650;
/// Permille of its names that a word begins when it names a position on its own.
const JOB_HEADNESS: u32 = 500;
/// Parts that the nearest names and the wording of all names have in a confidence.
const NAME_PARTS: u32 = 1;
const WORDING_PARTS: u32 = 1;
/// Permille of the best resemblance below which an occupation without a similar name is not considered.
const LEAST_RESEMBLANCE: u16 = 100;
/// Least likeness of spelling, in permille, for an unknown word to stand for a known one.
const LEAST_LIKENESS: u32 = 500;

impl Coder {
    fn new(lexicon: &'static Lexicon) -> Self {
        let stems = lexicon.stem_count();
        let mut postings = vec![Vec::new(); stems];
        let mut groups: Vec<Vec<(u16, u16)>> = vec![Vec::new(); stems];
        for (alias, number) in lexicon.aliases.iter().zip(0_u32..) {
            for &stem in &alias.stems {
                if let Some(list) = postings.get_mut(stem as usize)
                    && list.last() != Some(&number)
                {
                    list.push(number);
                }
                let Some(list) = groups.get_mut(stem as usize) else { continue };
                match list.iter_mut().find(|one| one.0 == alias.occupation) {
                    Some(known) => known.1 = known.1.saturating_add(1),
                    None => list.push((alias.occupation, 1)),
                }
            }
        }
        let stems_of = |sign| -> Vec<u32> {
            signs::words(sign).filter_map(|word| lexicon.stem_number(&lexicon.stem(word))).collect()
        };
        let mut coder = Self {
            lexicon,
            postings,
            rarity: groups.iter().map(|list| rarity(list.len())).collect(),
            headness: headness(lexicon),
            weights: Vec::new(),
            heads: Vec::new(),
            groups,
            trigrams: Map::default(),
            words: Vec::new(),
            ranks: stems_of(Sign::Rank),
            levels: stems_of(Sign::Level),
            steps: stems_of(Sign::Step),
            wording: Wording::new(&lexicon.aliases),
            usual: usual(lexicon),
            managing: stems_of(Sign::Leads),
            following: stems_of(Sign::Follows),
        };
        coder.heads = lexicon.aliases.iter().map(|alias| coder.head(&alias.stems)).collect();
        coder.weights = lexicon.aliases.iter().map(|alias| coder.weight_of(&alias.stems)).collect();
        coder.add_spellings();
        coder
    }

    fn add_spellings(&mut self) {
        for (word, stem) in self.lexicon.vocabulary() {
            let is_used = self.postings.get(stem as usize).is_some_and(|list| !list.is_empty());
            if word.len() >= 5 && word.is_ascii() && is_used {
                self.words.push((word.into(), stem));
            }
        }
        self.words.sort();
        for (number, (word, _)) in (0_u32..).zip(&self.words) {
            for trigram in trigrams(word) {
                let list = self.trigrams.entry(trigram).or_default();
                if list.last() != Some(&number) {
                    list.push(number);
                }
            }
        }
    }

    fn weight_of(&self, stems: &[u32]) -> u32 {
        stems.iter().map(|&stem| self.rarity_of(stem)).sum()
    }

    /// How rare a stem is among occupations, about 64 x log2(groups / groups with it).
    #[must_use]
    pub fn rarity_of(&self, stem: u32) -> u32 {
        self.rarity.get(stem as usize).copied().filter(|&value| value > 0).unwrap_or(UNKNOWN_RARITY)
    }

    /// Adds the codes that fit `tokens`, their confidence scaled by `scale` permille, keeping the best per code.
    pub fn add(&self, tokens: &[Token], scale: u32, best: &mut Map<u16, u16>) {
        let words: Vec<&Token> = tokens.iter().filter(|token| counts(token)).collect();
        let core: Vec<u32> = without_frame(&words).iter().map(|token| token.stem).collect();
        if words.iter().all(|token| self.ranks.contains(&token.stem)) {
            return;
        }
        let mut evidence = Evidence::default();
        evidence.hits.reserve(512);
        let mut order: Vec<usize> = (0..words.len()).collect();
        // Words of every ad last: they must not decide which names are looked at.
        order.sort_by_key(|&place| {
            words.get(place).map(|token| (token.stop != Stop::No, self.names_with(token.stem)))
        });
        for place in order {
            if let Some(token) = words.get(place) {
                evidence.total += self.collect(token, place, &mut evidence);
            }
        }
        let stems: Vec<u32> = words.iter().map(|token| token.stem).collect();
        let most = most_confidence(evidence.total).min(scale);
        let head = self.head(&core).and_then(|stem| self.groups.get(stem as usize));
        let with_head: Set<u16> = head.into_iter().flatten().map(|one| one.0).collect();
        let mut found = Vec::new();
        for (occupation, by_name) in self.by_names(&evidence, &stems, &core) {
            let lacks_head = !with_head.is_empty() && !with_head.contains(&occupation);
            let by_name = if lacks_head { by_name * WITHOUT_HEAD / 1000 } else { by_name };
            let covered =
                evidence.groups.get(&occupation).copied().unwrap_or(0) * 1000 / evidence.total.max(1);
            let likeness =
                if by_name == 1000 { 1000 } else { (by_name * (1000 - MIX) + covered * MIX) / 1000 };
            let likeness = if by_name < 1000 { likeness - likeness / lowered(occupation) } else { 1000 };
            let confidence = u16::try_from(likeness * most / 1000).unwrap_or(1000).min(1000);
            found.push((occupation, by_name == 1000, confidence));
        }
        if found.is_empty() {
            return;
        }
        let spoken: Vec<(&str, u32)> = words.iter().map(|token| (token.text.as_str(), token.stem)).collect();
        let mut own: Map<u16, u16> = Map::default();
        blend(&found, &self.wording.resemblance(&spoken), &mut own);
        if !found.iter().any(|one| one.1) {
            self.lean(&core, &with_head, most, &mut own);
        }
        for (row, confidence) in own {
            best.entry(row).and_modify(|known| *known = confidence.max(*known)).or_insert(confidence);
        }
    }

    /// What the word that carries the title, and the ranks in it, say where no name agrees word for word: `sales susu`
    /// sells and makes no milk, and an intern of a branch is no manager.
    fn lean(&self, core: &[u32], with_head: &Set<u16>, most: u32, own: &mut Map<u16, u16>) {
        let head = self.head(core);
        if let Some(&(_, usual)) = self.usual.iter().find(|one| Some(one.0) == head) {
            for (row, confidence) in own.iter_mut().filter(|one| !with_head.contains(one.0)) {
                *confidence = if *row == usual { *confidence } else { permille(*confidence, AGAINST_HEAD) };
            }
            let least = u16::try_from(most * USUAL / 1000).unwrap_or(0);
            own.entry(usual).and_modify(|known| *known = least.max(*known)).or_insert(least);
        }
        let has = |words: &[u32]| core.iter().any(|stem| words.contains(stem));
        let (manages, follows) = (has(&self.managing), has(&self.following));
        for (row, confidence) in own {
            let kbji = TABLES.occupations.get(usize::from(*row)).map_or("", |row| row.kbji.as_str());
            let is_manager = kbji.starts_with('1');
            if is_manager && follows && !manages {
                *confidence = permille(*confidence, FOLLOWER_AS_MANAGER);
            } else if manages && !is_manager {
                *confidence = permille(*confidence, MANAGER_AS_OTHER);
            }
        }
    }

    /// The best likeness of a name of each occupation that shares a word.
    fn by_names(&self, evidence: &Evidence, stems: &[u32], core: &[u32]) -> Map<u16, u32> {
        let head = self.head(core);
        let mut by_names: Map<u16, u32> = Map::default();
        for (&alias, hit) in &evidence.hits {
            let Some(known) = self.lexicon.aliases.get(alias as usize) else { continue };
            let weight = self.weights.get(alias as usize).copied().unwrap_or(u32::MAX);
            let own_head = self.heads.get(alias as usize).copied().flatten();
            let same_head = head == own_head || head.is_some() && head == known.stems.last().copied();
            let is_same = known.stems == stems || known.stems == core;
            let likeness = likeness(hit, evidence.total, weight, is_same, same_head);
            let entry = by_names.entry(known.occupation).or_default();
            *entry = (*entry).max(likeness);
        }
        by_names
    }

    /// The word that carries the job: the first one of an Indonesian title, the last one when that is the word that
    /// usually stands first in names (English order, `sewing operator`). Words that only say that somebody works there
    /// (`staf`, `tenaga`) carry nothing while another word is left.
    fn head(&self, stems: &[u32]) -> Option<u32> {
        let telling: Vec<u32> = stems.iter().copied().filter(|stem| !self.ranks.contains(stem)).collect();
        let stems = if telling.is_empty() { stems } else { &telling };
        let headness = |stem: u32| self.headness.get(stem as usize).copied().unwrap_or(0);
        let (first, last) = (*stems.first()?, *stems.last()?);
        Some(if headness(last) > headness(first) + 100 { last } else { first })
    }

    /// Whether the words name a position and not only its object (`Guru Kreativitas dan Kewirausahaan`): one of the ends
    /// is a word that names of jobs begin with.
    #[must_use]
    pub fn names_a_job(&self, tokens: &[Token]) -> bool {
        let stems: Vec<u32> = tokens.iter().filter(|token| counts(token)).map(|token| token.stem).collect();
        let headness = |stem: &u32| self.headness.get(*stem as usize).copied().unwrap_or(0);
        [stems.first(), stems.last()].into_iter().flatten().any(|stem| headness(stem) >= JOB_HEADNESS)
    }

    /// Whether the words only say at which height somebody works: `SPV / Marketing` names no supervisor besides.
    #[must_use]
    pub fn is_rank(&self, tokens: &[Token]) -> bool {
        let mut words = tokens.iter().filter(|token| counts(token) && token.stop == Stop::No);
        words.all(|token| self.ranks.contains(&token.stem) || self.levels.contains(&token.stem))
    }

    fn token_weight(&self, token: &Token) -> u32 {
        let weight = if token.stem == UNKNOWN { UNKNOWN_RARITY } else { self.rarity_of(token.stem) };
        if self.steps.contains(&token.stem) {
            return weight / 4;
        }
        match token.stop {
            Stop::No => weight,
            Stop::Glue | Stop::Common | Stop::Ad | Stop::Benefit => weight / 8,
        }
    }

    /// Adds the names a word speaks for; returns the weight of the word in the title.
    fn collect(&self, token: &Token, place: usize, evidence: &mut Evidence) -> u32 {
        let weight = self.token_weight(token);
        if self.postings.get(token.stem as usize).is_some_and(|list| !list.is_empty()) {
            self.collect_stem(token.stem, place, (weight, weight), evidence);
            return weight;
        }
        let similar = self.similar(&token.text);
        if similar.is_empty() {
            return weight / 3;
        }
        for (stem, likeness) in similar {
            let credits = (weight * likeness / 1000, self.rarity_of(stem) * likeness / 1000);
            self.collect_stem(stem, place, credits, evidence);
        }
        weight
    }

    /// A stem of very many names (`operator`) only strengthens names found by a rarer word of the title.
    fn collect_stem(&self, stem: u32, place: usize, credits: (u32, u32), evidence: &mut Evidence) {
        let names = self.postings.get(stem as usize).map_or(&[][..], Vec::as_slice);
        if names.len() > VERY_MANY && !evidence.hits.is_empty() {
            for (&alias, hit) in &mut evidence.hits {
                let has_stem =
                    self.lexicon.aliases.get(alias as usize).is_some_and(|known| known.stems.contains(&stem));
                if has_stem {
                    hit.add(place, credits.0, credits.1);
                }
            }
        } else {
            for &alias in names {
                evidence.hits.entry(alias).or_default().add(place, credits.0, credits.1);
            }
        }
        for &(occupation, names) in self.groups.get(stem as usize).into_iter().flatten() {
            let often = 2000 * u32::from(names) / (2 * u32::from(names) + 1);
            *evidence.groups.entry(occupation).or_default() += credits.0 * often / 1000;
        }
    }

    fn names_with(&self, stem: u32) -> usize {
        self.postings.get(stem as usize).map_or(0, Vec::len)
    }

    /// Stems of known words spelled like `word`, with the likeness in permille (Dice over letter triples).
    fn similar(&self, word: &str) -> Vec<(u32, u32)> {
        if !MENDED.contains(&word.len()) || !word.is_ascii() {
            return Vec::new();
        }
        let own: Vec<[u8; 3]> = trigrams(word).collect();
        let mut shared: Map<u32, u32> = Map::default();
        for trigram in &own {
            for &number in self.trigrams.get(trigram).into_iter().flatten() {
                *shared.entry(number).or_default() += 1;
            }
        }
        let own = u32::try_from(own.len()).unwrap_or(u32::MAX);
        let mut found: Vec<(u32, u32)> = shared
            .into_iter()
            .filter_map(|(number, count)| {
                let (other, stem) = self.words.get(number as usize)?;
                let size = u32::try_from(trigrams(other).count()).unwrap_or(u32::MAX);
                let likeness = 2000 * count / (own + size).max(1);
                (likeness >= LEAST_LIKENESS).then_some((*stem, likeness.min(1000)))
            })
            .collect();
        found.sort_by_key(|&(stem, likeness)| (std::cmp::Reverse(likeness), stem));
        found.dedup_by_key(|one| one.0);
        found.truncate(4);
        found
    }
}

/// Adds the codes found by name, and those whose names taken together the wording resembles, to `best`. A code whose
/// name agrees word for word keeps its confidence but for a few permille, by which equal names are told apart.
fn blend(found: &[(u16, bool, u16)], resemblance: &[u16], best: &mut Map<u16, u16>) {
    let resembles = |row: u16| u32::from(resemblance.get(usize::from(row)).copied().unwrap_or(0));
    let most = found.iter().map(|one| u32::from(one.2)).max().unwrap_or(0);
    let mut raise = |row: u16, confidence: u32| {
        let entry = best.entry(row).or_default();
        *entry = (*entry).max(u16::try_from(confidence).unwrap_or(1000));
    };
    for &(row, is_same, confidence) in found {
        let confidence = u32::from(confidence);
        let by_wording = resembles(row) * most / 1000;
        raise(
            row,
            if is_same {
                confidence - confidence * (1000 - resembles(row)) / 50_000
            } else {
                (confidence * NAME_PARTS + by_wording * WORDING_PARTS) / (NAME_PARTS + WORDING_PARTS)
            },
        );
    }
    for (row, &permille) in (0_u16..).zip(resemblance) {
        if permille >= LEAST_RESEMBLANCE && found.iter().all(|one| one.0 != row) {
            raise(row, u32::from(permille) * most * WORDING_PARTS / (1000 * (NAME_PARTS + WORDING_PARTS)));
        }
    }
}

/// What the words of a title speak for.
#[derive(Debug, Default)]
struct Evidence {
    hits: Map<u32, Hit>,
    /// Weight of the title's words that an occupation uses in any of its names.
    groups: Map<u16, u32>,
    total: u32,
}

/// Evidence for one alias.
#[derive(Clone, Copy, Debug, Default)]
struct Hit {
    title: u32,
    alias: u32,
    places: u32,
}

impl Hit {
    fn add(&mut self, place: usize, title: u32, alias: u32) {
        let bit = 1_u32 << place.min(31);
        if self.places & bit == 0 {
            self.places |= bit;
            self.title += title;
            self.alias += alias;
        }
    }
}

/// Likeness of a title and an alias in permille: how much of both is covered, lowered when the words that carry the
/// job differ.
fn likeness(hit: &Hit, total: u32, weight: u32, is_same: bool, same_head: bool) -> u32 {
    if is_same {
        return 1000;
    }
    let of_title = hit.title.min(total) * TITLE_SHARE / total.max(1);
    let of_name = hit.alias.min(weight) * (1000 - TITLE_SHARE) / weight.max(1);
    let likeness = (of_title + of_name).min(990);
    if same_head { likeness } else { likeness * OTHER_HEAD / 1000 }
}

/// Ranks of the armed forces share words with every civil office (`asisten`, `staf`): unless a name agrees word for
/// word they lose half. The result is a divisor.
fn lowered(occupation: u16) -> u32 {
    let is_military =
        TABLES.occupations.get(usize::from(occupation)).is_some_and(|row| row.kbji.starts_with('0'));
    if is_military { 2 } else { u32::MAX }
}

/// A title of one vague word (`teknisi`, `staf`) is no sure sign of anything.
fn most_confidence(information: u32) -> u32 {
    (VAGUE_CONFIDENCE + information * 3 / 2).min(1000)
}

/// Heads of titles with their usual occupation.
fn usual(lexicon: &Lexicon) -> Vec<(u32, u16)> {
    let rows = TABLES.heads.iter().filter_map(|row| {
        let occupation = TABLES.occupations.iter().position(|other| other.kbji == row.code)?;
        let word = lexicon.tokens(&row.word).into_iter().next()?;
        Some((word.stem, u16::try_from(occupation).ok()?))
    });
    rows.filter(|one| one.0 != UNKNOWN).collect()
}

/// A share of a confidence.
pub(super) fn permille(confidence: u16, share: u16) -> u16 {
    u16::try_from(u32::from(confidence) * u32::from(share) / 1000).unwrap_or(confidence)
}

fn headness(lexicon: &Lexicon) -> Vec<u32> {
    let mut first = vec![0_u32; lexicon.stem_count()];
    let mut all = first.clone();
    for alias in &lexicon.aliases {
        for (place, &stem) in alias.stems.iter().enumerate() {
            let Some(count) = all.get_mut(stem as usize) else { continue };
            *count += 1;
            if let (0, Some(count)) = (place, first.get_mut(stem as usize)) {
                *count += 1;
            }
        }
    }
    first.iter().zip(&all).map(|(first, all)| 1000 * first / (all + 2)).collect()
}

/// Words without those of every ad (`lowongan kerja`) and places at the ends, unless nothing else is there.
fn without_frame<'a, 'b>(words: &'b [&'a Token]) -> &'b [&'a Token] {
    let tells = |token: &&Token| token.stop == Stop::No;
    match (words.iter().position(tells), words.iter().rposition(tells)) {
        (Some(first), Some(last)) => words.get(first..=last).unwrap_or(words),
        _ => words,
    }
}

fn counts(token: &Token) -> bool {
    !matches!(token.stop, Stop::Common | Stop::Glue)
        && token.text.len() > 1
        && !token.text.bytes().all(|byte| byte.is_ascii_digit())
}

/// About 64 x log2(1 + groups / count), in whole numbers.
fn rarity(count: usize) -> u32 {
    let Ok(count) = u32::try_from(count) else { return 0 };
    if count == 0 {
        return 0;
    }
    let groups = u32::try_from(TABLES.occupations.len()).unwrap_or(446);
    let ratio = 256 * (count + groups) / count;
    let whole = ratio.ilog2();
    let rest = (ratio << 6 >> whole) - 64;
    64 * (whole - 8) + rest
}

fn trigrams(word: &str) -> impl Iterator<Item = [u8; 3]> {
    let bytes = word.as_bytes();
    let at = move |place: usize| if place == 0 || place > bytes.len() { b'_' } else { bytes[place - 1] };
    (0..bytes.len()).map(move |place| [at(place), at(place + 1), at(place + 2)])
}
