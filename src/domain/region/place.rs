//! A place in words, taken apart: village, district, and whether the regency is ours.
//!
//! Belongs here: what a piece of an address is. Does not belong here: codes, and which village it is (`super`).

use super::{name_key, named};

/// What a text says about a place.
#[derive(Debug, Default)]
pub(super) struct Place {
    /// The village's name.
    pub village: String,
    /// The district, when it is named; never the regency.
    pub district: Option<String>,
    /// Our regency is named, perhaps as "Sukoharjo", which is a district too.
    pub regency: bool,
    /// Another district, regency or province is named.
    pub elsewhere: bool,
}

/// What a word in front says about the piece that follows.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Kind {
    Plain,
    Village,
    District,
    Regency,
    Province,
    /// Hamlet, street, RT and RW: finer than a village.
    Finer,
}

/// A piece of the text without the word for its kind.
#[derive(Debug)]
struct Piece {
    kind: Kind,
    text: String,
}

impl Place {
    pub(super) fn parse(text: &str) -> Self {
        let mut place = Self::default();
        let mut plain: Vec<String> = Vec::new();
        for piece in pieces(text) {
            match piece.kind {
                Kind::Finer => {}
                Kind::Village if place.village.is_empty() => place.village = piece.text,
                Kind::District => place.district = Some(piece.text),
                Kind::Regency if name_key(&piece.text) == "sukoharjo" => place.regency = true,
                Kind::Regency => place.elsewhere = true,
                Kind::Province => place.elsewhere |= !is_around_us(&piece.text),
                Kind::Plain | Kind::Village => plain.push(piece.text),
            }
        }
        place.plain(plain);
        place.elsewhere |= place.village.to_lowercase().starts_with("luar ");
        place
    }

    /// Pieces without a word for their kind come from the smallest to the largest.
    fn plain(&mut self, mut pieces: Vec<String>) {
        if self.village.is_empty() {
            // A hamlet may stand before the village.
            let hamlet_first = pieces.len() > 1
                && pieces.first().is_some_and(|first| named(first).is_empty())
                && pieces.get(1).is_some_and(|second| !named(second).is_empty());
            let at = usize::from(hamlet_first);
            if at < pieces.len() {
                self.village = pieces.remove(at);
                pieces.drain(..at);
            }
        }
        for (at, piece) in pieces.into_iter().enumerate() {
            let is_regency = name_key(&piece) == "sukoharjo";
            self.regency |= is_regency;
            if is_regency || is_around_us(&piece) {
                continue;
            }
            if at == 0 && self.district.is_none() {
                self.district = Some(piece);
            } else {
                self.elsewhere = true;
            }
        }
    }
}

/// "Kab. Sukoharjo": said as the regency, which is no district.
pub(super) fn names_our_regency(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    lower.starts_with("kab") && name_key(&lower) == "sukoharjo"
}

/// The province, the country, a postcode.
pub(super) fn is_around_us(text: &str) -> bool {
    let key = name_key(text);
    matches!(key.as_str(), "jawatengah" | "jateng" | "centraljava" | "indonesia" | "")
        || key.bytes().all(|b| b.is_ascii_digit())
}

/// Cuts at commas, brackets, strokes and dashes with blanks, and before a word that names a kind.
fn pieces(text: &str) -> Vec<Piece> {
    let mut found = Vec::new();
    for part in text.replace(" - ", ",").split([',', '(', ')', '/', ';', '\n']) {
        let words: Vec<&str> =
            part.split([' ', '.', '\t', '\u{a0}']).filter(|word| !is_blank_or_postcode(word)).collect();
        let mut piece = Piece { kind: Kind::Plain, text: String::new() };
        for (at, word) in words.iter().enumerate() {
            let next = words.get(at + 1).copied();
            match kind_of(word, next, at == 0) {
                Some(kind) => {
                    let number: String = word.chars().filter(char::is_ascii_digit).collect();
                    keep(&mut found, std::mem::replace(&mut piece, Piece { kind, text: number }));
                }
                // "RT 02 RW 03 Gentan": the numbers are over.
                None if piece.kind == Kind::Finer && is_number(&piece.text) && !is_number(word) => {
                    piece = Piece { kind: Kind::Plain, text: (*word).to_owned() };
                }
                None => {
                    if !piece.text.is_empty() {
                        piece.text.push(' ');
                    }
                    piece.text.push_str(word);
                }
            }
        }
        // What is left of "RT 02/03" after its stroke.
        if is_number(&piece.text) && piece.text.len() < 5 {
            piece.kind = Kind::Finer;
        }
        keep(&mut found, piece);
    }
    found
}

fn is_blank_or_postcode(word: &str) -> bool {
    word.is_empty() || (word.len() == 5 && word.bytes().all(|b| b.is_ascii_digit()))
}

fn keep(found: &mut Vec<Piece>, piece: Piece) {
    if !piece.text.trim().is_empty() {
        found.push(piece);
    }
}

fn is_number(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit() || c == ' ' || c == '-')
}

/// A word for a kind, when something follows it that it can be the kind of. Villages are called "Dukuh" and the like too.
fn kind_of(word: &str, next: Option<&str>, first: bool) -> Option<Kind> {
    let lower = word.to_lowercase();
    let follows = next.is_some();
    let kind = match lower.as_str() {
        "desa" | "ds" | "kelurahan" | "kel" => Kind::Village,
        "kecamatan" | "kec" | "kcmtn" => Kind::District,
        "kabupaten" | "kab" | "kota" | "kotamadya" => Kind::Regency,
        "provinsi" | "prov" | "propinsi" => Kind::Province,
        "dukuh" if !first || !named(&format!("{word} {}", next.unwrap_or_default())).is_empty() => {
            return None;
        }
        "dk" | "dukuh" | "dusun" | "dsn" | "dkh" | "kp" | "kampung" | "jl" | "jln" | "jalan" | "gg"
        | "gang" | "perum" | "perumahan" | "blok" => Kind::Finer,
        "rt" | "rw" | "rtrw" | "no" => Kind::Finer,
        glued if glued.strip_prefix("rt").or_else(|| glued.strip_prefix("rw")).is_some_and(is_number) => {
            return Some(Kind::Finer);
        }
        _ => return None,
    };
    (follows || matches!(lower.as_str(), "rt" | "rw")).then_some(kind)
}

#[cfg(test)]
mod tests {
    use super::super::TABLE;
    use super::*;

    #[test]
    fn every_village_is_its_own_name() {
        for village in TABLE.all.iter().take(TABLE.villages) {
            let place = Place::parse(village.name);
            assert_eq!(
                (name_key(&place.village), place.elsewhere),
                (name_key(village.name), false),
                "{}",
                village.name
            );
        }
    }
}
