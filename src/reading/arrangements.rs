//! What an ad says of the way to work and of the hours: whether people are taken there, can live there, work in shifts. Each
//! is a yes, a no, or nothing.
//!
//! Belongs here: which mention counts and which is denied. Does not belong here: the phrases (`cues`), where the work is
//! (`place`), what follows for a pair (`matching::eligibility`).

use std::ops::Range;

use serde::{Deserialize, Serialize};

use crate::reading::{
    cues::{Cue, Found},
    lexicon::{LEXICON, Token},
    lines,
    scope::{self, Scope},
};

/// What an ad says: yes, no, or nothing (`None`; also where it says both).
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Arrangements {
    /// People are taken to work.
    #[serde(default)]
    pub shuttle: Option<bool>,
    /// People can live there.
    #[serde(default)]
    pub dormitory: Option<bool>,
    /// The work is in shifts.
    #[serde(default)]
    pub shifts: Option<bool>,
}

/// What the lines read so far say.
#[derive(Clone, Debug, Default)]
pub struct Heard {
    said: Vec<(Cue, bool)>,
}

impl Heard {
    /// Reads one more line; tells whether it says that the work is in shifts.
    pub fn line(&mut self, tokens: &[Token], scope: &Scope) -> bool {
        let before = self.said.len();
        let cues = scope.cues();
        if cues.iter().any(is_mention) {
            for part in parts(tokens, cues) {
                let own: Vec<&Found> = cues.iter().filter(|one| part.contains(&one.first)).collect();
                self.said.extend(mentions(&own, scope));
            }
        }
        self.said.get(before..).unwrap_or_default().contains(&(Cue::Shift, true))
    }

    /// Reads a text line by line.
    pub fn text(&mut self, text: &str) {
        for line in lines::cut(text) {
            let tokens = LEXICON.tokens(line);
            self.line(&tokens, &scope::of_line(&tokens));
        }
    }

    /// The answers.
    pub fn answers(&self) -> Arrangements {
        let answer = |what: Cue| {
            let says = |yes: bool| self.said.contains(&(what, yes));
            (says(true) != says(false)).then(|| says(true))
        };
        Arrangements {
            shuttle: answer(Cue::Shuttle),
            dormitory: answer(Cue::Dormitory),
            shifts: answer(Cue::Shift),
        }
    }
}

const fn is_mention(one: &Found) -> bool {
    matches!(one.cue, Cue::Shuttle | Cue::Dormitory | Cue::Shift)
}

/// The token ranges in which a denial reaches: between breaks, and up to a word that ends it (`ada mes tapi tidak ada ..`).
fn parts(tokens: &[Token], cues: &[Found]) -> Vec<Range<usize>> {
    let turns = |at: usize| cues.iter().any(|one| one.cue == Cue::Resume && one.first == at);
    let begins = (1..tokens.len()).filter(|&at| turns(at) || tokens.get(at).is_some_and(|t| t.after_break));
    let starts: Vec<usize> = std::iter::once(0).chain(begins).collect();
    let ends = starts.iter().skip(1).copied().chain([tokens.len()]);
    starts.iter().copied().zip(ends).map(|(start, end)| start..end).collect()
}

/// What one part of a line says, by its cues.
fn mentions(own: &[&Found], scope: &Scope) -> Vec<(Cue, bool)> {
    let has = |cue: Cue| own.iter().any(|one| one.cue == cue);
    let mut said = Vec::new();
    for one in own.iter().copied().filter(|one| is_mention(one)) {
        let denied = is_denied(one, own);
        let says_nothing = match one.cue {
            // `sopir antar jemput anak`: the work itself, nothing that is given.
            Cue::Shuttle => has(Cue::Errand),
            // `membersihkan mes`, `dekat asrama`
            Cue::Dormitory => has(Cue::Premises) && !has(Cue::Offered),
            // `tidak ada shift malam` denies that one alone; `upah per shift` is about pay.
            _ if denied => own.iter().any(|other| other.cue == Cue::OneShift && other.first == one.first),
            _ => scope.is_inert(one.first),
        };
        if !says_nothing {
            said.push((one.cue, !denied));
        }
    }
    said
}

/// Whether a mention is denied: by a word before it (`tidak ada mes`, `non shift`), or by words behind it that deny nothing
/// else (`mes tidak disediakan`).
fn is_denied(one: &Found, own: &[&Found]) -> bool {
    let is_exempt = |at: usize| {
        own.iter().any(|other| other.cue == Cue::Exempt && (other.first..other.end).contains(&at))
    };
    // `tidak punya kendaraan disediakan jemputan`: what is offered is not denied, unless the denial is of the offer.
    let is_offered_after =
        |end: usize| own.iter().any(|o| o.cue == Cue::Offered && o.first > end && o.first < one.first);
    let before = own.iter().any(|other| {
        other.cue == Cue::Deny
            && other.first < one.first
            && !is_exempt(other.first)
            && !is_offered_after(other.end)
    });
    before
        || own.iter().any(|other| {
            other.cue == Cue::Lacking
                && other.first >= one.end
                && !own.iter().any(|later| is_mention(later) && later.first >= other.end)
        })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> (Option<bool>, Option<bool>, Option<bool>) {
        let mut heard = Heard::default();
        heard.text(text);
        let Arrangements { shuttle, dormitory, shifts } = heard.answers();
        (shuttle, dormitory, shifts)
    }

    const YES: Option<bool> = Some(true);
    const NO: Option<bool> = Some(false);

    #[test]
    fn what_is_offered_is_heard() {
        for text in ["Ada bus jemputan dari Weru", "antar jemput", "Antar-jemput karyawan gratis", "shuttle"]
        {
            assert_eq!(read(text), (YES, None, None), "{text}");
        }
        for text in [
            "mes disediakan",
            "Fasilitas: mess, makan 3x",
            "Disediakan asrama bagi yang jauh",
            "ART menginap",
            "tidur dalam",
            "Tempat tinggal disediakan",
        ] {
            assert_eq!(read(text), (None, YES, None), "{text}");
        }
        for text in ["3 shift", "Bersedia kerja shift", "jam kerja bergilir", "siang malam gantian"] {
            assert_eq!(read(text), (None, None, YES), "{text}");
        }
        assert_eq!(read("Fasilitas:\n- antar jemput\n- mess\nSistem kerja 2 shift"), (YES, YES, YES));
    }

    #[test]
    fn what_is_denied_is_a_no() {
        for text in
            ["tidak ada mes", "Mes tidak disediakan", "mess tidak ada", "Belum ada mes", "tidak menginap"]
        {
            assert_eq!(read(text), (None, NO, None), "{text}");
        }
        for text in ["tanpa shift", "Non shift", "no shift", "kerja non-shift", "tidak ada shift"] {
            assert_eq!(read(text), (None, None, NO), "{text}");
        }
        assert_eq!(read("Tidak menyediakan antar jemput"), (NO, None, None));
        assert_eq!(read("antar jemput tidak tersedia, mess ada"), (NO, YES, None));
        assert_eq!(read("ada mes tapi tidak ada antar jemput"), (NO, YES, None));
        assert_eq!(read("mes dan antar jemput tidak ada"), (NO, NO, None));
        assert_eq!(read("tidak punya kendaraan disediakan antar jemput"), (YES, None, None));
        assert_eq!(read("tidak hanya mes"), (None, YES, None));
    }

    #[test]
    fn what_says_nothing_is_unknown() {
        for text in [
            "Gaji UMK, BPJS",
            "operator mesin jahit, mesin high speed",
            "Sopir antar jemput karyawan",
            "Menemani dan antar jemput anak sekolah",
            "Membersihkan mess karyawan",
            "Merapikan tempat tidur tamu",
            "Lokasi: depan asrama",
            "Mengawasi kegiatan harian siswa di asrama",
            "Menjahit daster dan baju tidur",
            "Mengantar-jemput direksi",
            "Tidak ada shift malam",
            "Upah 100rb per shift",
            "",
        ] {
            assert_eq!(read(text), (None, None, None), "{text}");
        }
        assert_eq!(read("Ada mes\nMes tidak ada"), (None, None, None), "both is nothing");
    }
}
