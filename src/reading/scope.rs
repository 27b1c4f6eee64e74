//! Which words of a line do not count: what is denied, taught on the job, merely owned, or about papers and pay.
//!
//! Belongs here: how far a denial reaches. Does not belong here: the phrases (`cues`), what the words mean (`lexicon`).

use std::borrow::Cow;
use std::ops::Range;

use crate::reading::{
    cues::{self, Cue, Found},
    lexicon::{Match, Stop, Token},
    signs::{self, Sign},
};

/// What of a line counts.
#[derive(Clone, Debug, Default)]
pub struct Scope {
    /// The cues of the line.
    found: Vec<Found>,
    /// Per token, whether it counts for nothing.
    inert: Vec<bool>,
    /// Token ranges between breaks; none where the line was not cut.
    clauses: Vec<Range<usize>>,
    /// Clauses that only help.
    wishes: Vec<Range<usize>>,
    /// Clauses that are truly required.
    musts: Vec<Range<usize>>,
    /// Something here does not count any more, or not yet.
    is_over: bool,
}

impl Scope {
    /// A line of which everything counts (a title).
    #[must_use]
    pub fn open(tokens: &[Token]) -> Self {
        Self { found: cues::find(tokens), ..Self::default() }
    }

    /// The cues of the line.
    #[must_use]
    pub fn cues(&self) -> &[Found] {
        &self.found
    }

    /// Whether the line has a cue.
    #[must_use]
    pub fn has(&self, cue: Cue) -> bool {
        self.found.iter().any(|one| one.cue == cue)
    }

    /// Whether no token of a match counts for nothing.
    #[must_use]
    pub fn counts(&self, one: &Match) -> bool {
        !(one.first..one.end).any(|at| self.is_inert(at))
    }

    /// Whether a token counts for nothing.
    #[must_use]
    pub fn is_inert(&self, at: usize) -> bool {
        self.inert.get(at).copied().unwrap_or(false)
    }

    /// The tokens that count for something.
    #[must_use]
    pub fn living<'a>(&self, tokens: &'a [Token]) -> Cow<'a, [Token]> {
        if !self.inert.contains(&true) {
            return Cow::Borrowed(tokens);
        }
        let counts = tokens.iter().enumerate().filter(|(at, _)| !self.is_inert(*at));
        Cow::Owned(counts.map(|one| one.1.clone()).collect())
    }

    /// Whether a match stands in a clause that only helps.
    #[must_use]
    pub fn only_helps(&self, one: &Match) -> bool {
        self.wishes.iter().any(|clause| clause.contains(&one.first))
    }

    /// The same line without its clauses that only help; `None` where it has none.
    #[must_use]
    pub fn without_wishes(&self) -> Option<Self> {
        self.wishes.first()?;
        let mut rest = Self { wishes: Vec::new(), ..self.clone() };
        self.wishes.iter().for_each(|clause| mark(&mut rest.inert, clause.clone()));
        Some(rest)
    }

    /// Whether a match opens its clause.
    #[must_use]
    pub fn opens_clause(&self, one: &Match) -> bool {
        one.first == 0 || self.clauses.iter().any(|clause| clause.start == one.first)
    }

    /// Whether another way is offered beside a match. What only wishes for something else in another clause is none
    /// (`SMA, pengalaman diutamakan`).
    #[must_use]
    pub fn offers_another_way(&self, one: &Match) -> bool {
        let clause = self.clauses.iter().find(|clause| clause.contains(&one.first));
        let is_elsewhere = |at: usize| clause.is_some_and(|clause| !clause.contains(&at));
        let says = |cue: Cue, at: usize| {
            self.found.iter().any(|other| other.cue == cue && (other.first..other.end).contains(&at))
        };
        let soft = self.found.iter().filter(|other| other.cue == Cue::Soft);
        soft.map(|other| other.first)
            .any(|at| !(says(Cue::Exempt, at) || says(Cue::Wish, at) && is_elsewhere(at)))
    }

    /// Whether a match stands in a clause with a word of demand.
    #[must_use]
    pub fn is_required(&self, one: &Match) -> bool {
        self.musts.iter().any(|clause| clause.contains(&one.first)) && !self.only_helps(one)
    }

    /// Whether what the line names does not count any more, or not yet (`SIM A (mati)`).
    #[must_use]
    pub fn is_over(&self) -> bool {
        self.is_over
    }
}

/// Reads how far the cues of a line reach.
#[must_use]
pub fn of_line(tokens: &[Token]) -> Scope {
    let found = cues::find(tokens);
    let mut scope = Scope { inert: vec![false; tokens.len()], ..Scope::default() };
    if cues::opens_with(&found, Cue::Paper, 2) {
        scope.inert.fill(true);
        scope.found = found;
        return scope;
    }
    let clauses = clauses(tokens);
    for clause in &clauses {
        let own: Vec<&Found> = found.iter().filter(|one| clause.contains(&one.first)).collect();
        deny(tokens, clause, &own, &mut scope);
        let has = |cue: Cue| own.iter().any(|one| one.cue == cue);
        if let Some(wish) = own.iter().find(|one| one.cue == Cue::Wish) {
            // What opens with it goes on up to a word of demand (`diutamakan bisa obras, kansai`).
            let opens = !says_something(tokens, clause.start..wish.first);
            let demands = |after: &&Range<usize>| {
                after.start >= clause.end
                    && found.iter().any(|one| one.cue == Cue::Must && after.contains(&one.first))
            };
            let demanded = || clauses.iter().find(demands).map_or(tokens.len(), |after| after.start);
            scope.wishes.push(clause.start..if opens { demanded() } else { clause.end });
        }
        if has(Cue::Must) {
            scope.musts.push(clause.clone());
        }
        // `Jam kerja 8-16. Bawa lamaran ke pos satpam`
        let is_paper = own.iter().any(|one| one.cue == Cue::Paper && one.first < clause.start + 2);
        if is_paper || has(Cue::Taught) {
            mark(&mut scope.inert, clause.clone());
        }
        scope.is_over |= has(Cue::Over);
    }
    for one in &found {
        match one.cue {
            Cue::Owned => mark(&mut scope.inert, one.first..one.end),
            Cue::DenyLine if !follows_something(tokens, &clauses, one) => {
                mark(&mut scope.inert, one.first..tokens.len());
            }
            _ => {}
        }
    }
    scope.found = found;
    scope.clauses = clauses;
    scope
}

fn deny(tokens: &[Token], clause: &Range<usize>, own: &[&Found], scope: &mut Scope) {
    let exempt =
        |at: usize| own.iter().any(|one| one.cue == Cue::Exempt && (one.first..one.end).contains(&at));
    // `SIM B1 tidak diwajibkan`: what stands before is meant. A bare `tidak` denies backwards only at the end.
    let reaches_back = |one: &Found| {
        one.cue == Cue::Denied
            && (one.end - one.first > 1 || one.end == clause.end)
            && says_something(tokens, clause.start..one.first)
            // `lulusan SMA tidak perlu pengalaman`: where something follows, that is meant.
            && !(is_active(tokens, one) && says_something(tokens, one.end..clause.end))
    };
    for one in own.iter().filter(|one| !exempt(one.first)) {
        if reaches_back(one) {
            mark(&mut scope.inert, clause.start..one.end);
        } else if one.cue == Cue::Deny
            && !own.iter().any(|other| other.first == one.first && reaches_back(other))
        {
            let resumed = own.iter().find(|other| other.cue == Cue::Resume && other.first > one.first);
            mark(&mut scope.inert, one.first..resumed.map_or(clause.end, |other| other.first));
        }
    }
}

/// Whether a denial takes an object (`tidak perlu`, not `tidak diwajibkan`).
fn is_active(tokens: &[Token], one: &Found) -> bool {
    let last = one.end.checked_sub(1).and_then(|at| tokens.get(at));
    last.is_some_and(|token| signs::says(&token.text, Sign::TakesObject))
}

/// Whether words that mean something stand before a cue in its clause.
fn follows_something(tokens: &[Token], clauses: &[Range<usize>], one: &Found) -> bool {
    let clause = clauses.iter().find(|clause| clause.contains(&one.first));
    clause.is_some_and(|clause| says_something(tokens, clause.start..one.first))
}

fn says_something(tokens: &[Token], range: Range<usize>) -> bool {
    tokens.get(range).unwrap_or_default().iter().any(|token| !matches!(token.stop, Stop::Glue | Stop::Common))
}

/// Token ranges between breaks.
fn clauses(tokens: &[Token]) -> Vec<Range<usize>> {
    let mut starts: Vec<usize> = tokens
        .iter()
        .enumerate()
        .filter(|(at, token)| *at > 0 && token.after_break)
        .map(|one| one.0)
        .collect();
    starts.insert(0, 0);
    let ends = starts.iter().skip(1).copied().chain([tokens.len()]).collect::<Vec<_>>();
    starts.into_iter().zip(ends).map(|(start, end)| start..end).collect()
}

fn mark(inert: &mut [bool], range: Range<usize>) {
    for one in inert.get_mut(range).into_iter().flatten() {
        *one = true;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::reading::lexicon::LEXICON;

    /// The words of a line that count.
    fn left(text: &str) -> String {
        let tokens = LEXICON.tokens(text);
        let scope = of_line(&tokens);
        let kept = tokens.iter().enumerate().filter(|(at, _)| !scope.is_inert(*at));
        kept.map(|(_, token)| token.text.as_str()).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn a_denial_reaches_to_the_end_of_its_clause() {
        assert!(!left("Bukan penjahit, menerima tukang obras").contains("jahit"));
        assert!(left("Bukan penjahit, menerima tukang obras").contains("obras"));
        assert!(!left("Tidak perlu bisa menyetir").contains("setir"));
        assert!(!left("Excel tidak wajib").contains("excel"));
        let both = left("lulusan tataboga tidak perlu bisa menyetir");
        assert!(both.contains("boga") && !both.contains("setir"), "{both}");
        assert!(!left("SIM B1 TIDAK diwajibkan").contains("b1"));
        assert!(!left("Tidak dicari: kasir, marketing, security").contains("security"));
        assert!(left("Wajib bisa mengelas").contains("las"));
    }

    #[test]
    fn what_only_sounds_like_a_denial_counts() {
        assert!(left("Tidak hanya menjahit tetapi juga membordir").contains("jahit"));
        assert!(left("Belum pengalaman tapi lulusan kursus menjahit").contains("jahit"));
    }

    #[test]
    fn what_is_taught_or_owned_is_no_skill() {
        assert!(!left("Akan dilatih menjahit").contains("jahit"));
        assert!(!left("Memiliki sepeda motor").contains("motor"));
        assert_eq!(left("Kirim CV ke email kami, subjek CUTTING"), "");
        assert!(!left("Tidak merokok").contains("rokok"));
    }

    #[test]
    fn what_is_over_is_said() {
        assert!(of_line(&LEXICON.tokens("SIM A (mati)")).is_over());
        assert!(!of_line(&LEXICON.tokens("SIM A")).is_over());
    }
}
