//! Regions of the Ministry of Home Affairs: the regency of Sukoharjo with its 12 districts (kecamatan) and 167 villages
//! (150 desa, 17 kelurahan), and its six neighbours down to districts.
//!
//! Belongs here: codes, look-up by code or name, distances between centroids. Does not belong here: BPS codes, which
//! differ at these levels and must never be mixed in; roads and travel times, which nobody gave us.
//!
//! Source of `index/regions.csv` and `index/neighbours.csv`: Kepmendagri 300.2.2-2430/2025, by way of
//! cahyadsn/wilayah, wilayah_boundaries and wilayah_kodepos, MIT licence, (c) Cahya DSN; kept here in a form of our own
//! (code, name, kind, parent, latitude, longitude, postcode).

use std::collections::HashMap;

use crate::domain::codes::FieldCode;
use std::fmt;
use std::str::FromStr;
use std::sync::LazyLock;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use thiserror::Error;

mod place;
#[cfg(test)]
mod tests;

/// Why a text names no region, or not one alone.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum RegionError {
    /// Not of the shape `33`, `33.11`, `33.11.04` or `33.11.04.1005`.
    #[error("{0:?} is not a region code")]
    NotACode(String),
    /// A well-formed code that is no village of the regency.
    #[error("no village of the regency has the code {0}")]
    UnknownCode(RegionCode),
    /// No village of the regency has this name (in this district).
    #[error("no village of the regency is called {0:?}")]
    UnknownName(String),
    /// The text names a district or regency that is not ours.
    #[error("{0:?} is not in the regency")]
    Elsewhere(String),
    /// Several villages have this name; the district would decide.
    #[error("{name:?} is the name of {} villages", candidates.len())]
    Ambiguous {
        /// The name as given.
        name: String,
        /// The villages meant, by code.
        candidates: Vec<RegionCode>,
    },
    /// The name exists, but not in the district given beside it.
    #[error("{name:?} is not in the district {district:?}")]
    NotInDistrict {
        /// The name as given.
        name: String,
        /// The district as given.
        district: String,
        /// Where the name does exist.
        candidates: Vec<RegionCode>,
    },
}

impl RegionError {
    /// Stable code for reports and interfaces.
    pub fn code(&self) -> FieldCode {
        match self {
            Self::NotACode(_) => FieldCode::RegionNotACode,
            Self::UnknownCode(_) | Self::UnknownName(_) => FieldCode::UnknownVillage,
            Self::Elsewhere(_) => FieldCode::VillageElsewhere,
            Self::Ambiguous { .. } => FieldCode::AmbiguousVillage,
            Self::NotInDistrict { .. } => FieldCode::VillageNotInDistrict,
        }
    }

    /// Villages that may have been meant.
    pub fn candidates(&self) -> &[RegionCode] {
        match self {
            Self::Ambiguous { candidates, .. } | Self::NotInDistrict { candidates, .. } => candidates,
            Self::NotACode(_) | Self::UnknownCode(_) | Self::UnknownName(_) | Self::Elsewhere(_) => &[],
        }
    }
}

/// A region code with dots, `33.11.04.1005`, of any of the four levels. Well formed, not necessarily known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct RegionCode {
    // Unused bytes are zero, so that the derived order is the order of the text.
    text: [u8; 13],
    len: u8,
}

impl RegionCode {
    /// Parses a code with or without dots: `33.11.04.1005`, `3311041005`.
    ///
    /// # Errors
    /// [`RegionError::NotACode`].
    pub fn parse(text: &str) -> Result<Self, RegionError> {
        let fail = || RegionError::NotACode(text.to_owned());
        let trimmed = text.trim();
        let digits: Vec<u8> = trimmed.bytes().filter(u8::is_ascii_digit).collect();
        if !trimmed.bytes().all(|b| b.is_ascii_digit() || b == b'.') {
            return Err(fail());
        }
        let groups: &[usize] = match digits.len() {
            2 => &[2],
            4 => &[2, 2],
            6 => &[2, 2, 2],
            10 => &[2, 2, 2, 4],
            _ => return Err(fail()),
        };
        let mut dotted = Vec::with_capacity(13);
        let mut rest = digits.as_slice();
        for &size in groups {
            let (group, tail) = rest.split_at_checked(size).ok_or_else(fail)?;
            if !dotted.is_empty() {
                dotted.push(b'.');
            }
            dotted.extend_from_slice(group);
            rest = tail;
        }
        if trimmed.contains('.') && trimmed.as_bytes() != dotted {
            return Err(fail());
        }
        Ok(Self::from_ascii(&dotted))
    }

    /// The regency this program was written for.
    pub fn sukoharjo() -> Self {
        Self::from_ascii(SUKOHARJO.as_bytes())
    }

    /// The code with dots.
    pub fn as_str(&self) -> &str {
        self.text.get(..usize::from(self.len)).and_then(|b| std::str::from_utf8(b).ok()).unwrap_or_default()
    }

    /// The code without dots, as the national portal writes it.
    pub fn undotted(&self) -> String {
        self.as_str().replace('.', "")
    }

    /// The province part, `33`.
    pub fn province(&self) -> Self {
        self.prefix(2).unwrap_or(*self)
    }

    /// The regency part, `33.11`; `None` for a province.
    pub fn regency(&self) -> Option<Self> {
        self.prefix(5)
    }

    /// The district part, `33.11.04`; `None` above districts.
    pub fn district(&self) -> Option<Self> {
        self.prefix(8)
    }

    /// True for a village or ward code.
    pub fn is_village(&self) -> bool {
        self.len == 13
    }

    fn prefix(&self, len: usize) -> Option<Self> {
        (len <= usize::from(self.len)).then(|| self.text.get(..len).map(Self::from_ascii))?
    }

    fn from_ascii(bytes: &[u8]) -> Self {
        let mut text = [0; 13];
        let mut len = 0;
        for (slot, byte) in text.iter_mut().zip(bytes) {
            *slot = *byte;
            len += 1;
        }
        Self { text, len }
    }
}

impl fmt::Display for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

impl fmt::Debug for RegionCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "RegionCode({})", self.as_str())
    }
}

impl FromStr for RegionCode {
    type Err = RegionError;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::parse(text)
    }
}

impl Serialize for RegionCode {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_str(self.as_str())
    }
}

impl<'de> Deserialize<'de> for RegionCode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// What a region is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum RegionKind {
    /// Kabupaten.
    Regency,
    /// Kota.
    City,
    /// Kecamatan.
    District,
    /// Desa.
    Village,
    /// Kelurahan.
    Ward,
}

impl RegionKind {
    /// The official Indonesian word.
    pub fn label_id(self) -> &'static str {
        match self {
            Self::Regency => "Kabupaten",
            Self::City => "Kota",
            Self::District => "Kecamatan",
            Self::Village => "Desa",
            Self::Ward => "Kelurahan",
        }
    }

    fn parse(text: &str) -> Option<Self> {
        match text {
            "regency" => Some(Self::Regency),
            "city" => Some(Self::City),
            "district" => Some(Self::District),
            "village" => Some(Self::Village),
            "ward" => Some(Self::Ward),
            _ => None,
        }
    }
}

/// A region of the tables.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Region {
    /// Code with dots.
    pub code: RegionCode,
    /// Name without its kind.
    pub name: &'static str,
    /// Regency, city, district, village or ward.
    pub kind: RegionKind,
    /// Code of the region it lies in.
    pub parent: RegionCode,
    /// Latitude of the centroid in degrees.
    pub lat: f64,
    /// Longitude of the centroid in degrees.
    pub lon: f64,
    /// Five digits; villages of the regency only.
    pub postcode: Option<&'static str>,
}

impl Region {
    /// `Desa Gentan, Kecamatan Baki` for villages, `Kecamatan Baki` and `Kabupaten Klaten` above.
    pub fn full_name(&self) -> String {
        let own = format!("{} {}", self.kind.label_id(), self.name);
        match self.code.is_village().then(|| find(self.parent)).flatten() {
            Some(district) => format!("{own}, {} {}", district.kind.label_id(), district.name),
            None => own,
        }
    }
}

/// The full name of a region by its code as stored; none where there is no such code.
pub fn full_name(code: &str) -> Option<String> {
    RegionCode::parse(code).ok().and_then(find).map(Region::full_name)
}

/// A region by its code, of the regency or its neighbours.
pub fn find(code: RegionCode) -> Option<&'static Region> {
    TABLE.by_code.get(&code).and_then(|at| TABLE.all.get(*at))
}

/// The villages and wards of the regency, by code. Their positions are [`village_index`].
pub fn villages() -> &'static [Region] {
    TABLE.all.get(..TABLE.villages).unwrap_or_default()
}

/// The districts of the regency, by code.
pub fn districts() -> impl Iterator<Item = &'static Region> {
    TABLE
        .all
        .iter()
        .filter(|region| region.kind == RegionKind::District && region.parent.as_str() == SUKOHARJO)
}

/// The names of all places that are known, here and around.
pub fn names() -> impl Iterator<Item = &'static str> {
    villages().iter().chain(districts()).chain(neighbours()).map(|region| region.name)
}

/// The neighbouring regencies and cities with their districts, by code.
pub fn neighbours() -> impl Iterator<Item = &'static Region> {
    TABLE.all.iter().filter(|region| region.code.regency().is_some_and(|r| r.as_str() != SUKOHARJO))
}

/// Code of the regency this table is about.
pub const SUKOHARJO: &str = "33.11";

/// Position of a village in [`villages`].
pub fn village_index(code: RegionCode) -> Option<usize> {
    TABLE.by_code.get(&code).copied().filter(|at| *at < TABLE.villages)
}

/// A village of the regency by code (with or without dots) or by name, with the district where it is known. Words for the
/// kind ("Desa", "Kel.", "Kec."), hamlets, RT and RW, case and spaces do not matter; `Gentan, Baki`, `Gentan (Baki)` and `Desa
/// Gentan RT 02/03 Kec. Baki` name both. What is said of district and regency must agree with the village; nothing is guessed.
///
/// # Errors
/// [`RegionError`]; an ambiguous name lists its candidates.
pub fn resolve_village(text: &str, district: Option<&str>) -> Result<&'static Region, RegionError> {
    let text = text.trim();
    let column = district.map(str::trim).filter(|d| !d.is_empty()).map(District::of).transpose()?.flatten();
    if text.starts_with(|c: char| c.is_ascii_digit()) {
        let code = RegionCode::parse(text)?;
        let at = village_index(code).ok_or(RegionError::UnknownCode(code))?;
        let village = villages().get(at).ok_or(RegionError::UnknownCode(code))?;
        return in_district(text, &[village], column.as_ref());
    }
    let place = place::Place::parse(text);
    if place.elsewhere {
        return Err(RegionError::Elsewhere(text.to_owned()));
    }
    let inline = place.district.as_deref().map(District::of).transpose()?.flatten();
    if let (Some(a), Some(b)) = (&column, &inline)
        && a.code != b.code
    {
        return Err(RegionError::NotInDistrict {
            name: text.to_owned(),
            district: a.text.clone(),
            candidates: codes(&named(&place.village)),
        });
    }
    let same_name = named(&place.village);
    if same_name.is_empty() {
        return Err(RegionError::UnknownName(text.to_owned()));
    }
    in_district(text, &same_name, column.or(inline).as_ref())
}

/// A district that a text names.
struct District {
    code: RegionCode,
    text: String,
}

impl District {
    /// `None` when only the regency is named.
    fn of(text: &str) -> Result<Option<Self>, RegionError> {
        if place::names_our_regency(text) {
            return Ok(None);
        }
        let (own, above) = text.split_once(',').unwrap_or((text, ""));
        if !place::is_around_us(above) && name_key(above) != "sukoharjo" {
            return Err(RegionError::Elsewhere(text.to_owned()));
        }
        match resolve_district(own) {
            Some(found) => Ok(Some(Self { code: found.code, text: text.to_owned() })),
            None => Err(RegionError::Elsewhere(text.to_owned())),
        }
    }
}

/// The one village among these that lies in the district.
fn in_district(
    text: &str,
    found: &[&'static Region],
    district: Option<&District>,
) -> Result<&'static Region, RegionError> {
    let Some(district) = district else {
        return match found {
            [only] => Ok(only),
            several => Err(RegionError::Ambiguous { name: text.to_owned(), candidates: codes(several) }),
        };
    };
    found.iter().find(|v| v.parent == district.code).copied().ok_or_else(|| RegionError::NotInDistrict {
        name: text.to_owned(),
        district: district.text.clone(),
        candidates: codes(found),
    })
}

fn codes(found: &[&Region]) -> Vec<RegionCode> {
    found.iter().map(|village| village.code).collect()
}

/// The villages of a name.
fn named(name: &str) -> Vec<&'static Region> {
    let at = TABLE.by_name.get(&name_key(name)).into_iter().flatten();
    at.filter_map(|at| villages().get(*at)).collect()
}

/// A district of the regency by code or name.
pub fn resolve_district(text: &str) -> Option<&'static Region> {
    if let Ok(code) = RegionCode::parse(text) {
        return find(code).filter(|d| d.kind == RegionKind::District && d.parent.as_str() == SUKOHARJO);
    }
    let key = name_key(text);
    // The spelling of older papers.
    let key = if key == "kartosuro" { "kartasura" } else { &key };
    TABLE.districts.get(key).and_then(|at| TABLE.all.get(*at))
}

/// The village a free address line such as `Desa Plesan, Nguter, Kab. Sukoharjo` names, if it names one of the regency;
/// `None` when it lies elsewhere, when several are called so, or when neither district nor regency is said: a name alone
/// may be a place anywhere.
pub fn locate(text: &str) -> Option<&'static Region> {
    let place = place::Place::parse(text);
    let placed = place.regency || place.district.as_deref().is_some_and(|d| resolve_district(d).is_some());
    placed.then(|| resolve_village(text, None).ok())?
}

/// Metres between the centroids of two known regions, along the great circle. `None` when one is not in the tables.
pub fn distance_m(from: RegionCode, to: RegionCode) -> Option<u32> {
    if let (Some(a), Some(b)) = (village_index(from), village_index(to)) {
        return village_distance_m(a, b);
    }
    Some(haversine_m(find(from)?, find(to)?))
}

/// Metres between two villages given by [`village_index`]; looked up, not computed.
pub fn village_distance_m(a: usize, b: usize) -> Option<u32> {
    (a < TABLE.villages && b < TABLE.villages).then(|| DISTANCES.get(a * TABLE.villages + b).copied())?
}

/// Regions in the order villages of the regency, then everything else; within each by code.
struct Table {
    all: Vec<Region>,
    villages: usize,
    by_code: HashMap<RegionCode, usize>,
    /// Villages by [`name_key`].
    by_name: HashMap<String, Vec<usize>>,
    /// Districts of the regency by [`name_key`].
    districts: HashMap<String, usize>,
}

static TABLE: LazyLock<Table> = LazyLock::new(|| {
    let files = [include_str!("../../index/regions.csv"), include_str!("../../index/neighbours.csv")];
    let mut all: Vec<Region> =
        files.iter().flat_map(|text| text.lines().skip(1)).filter_map(region_line).collect();
    all.sort_by_key(|region| (!region.code.is_village(), region.code));
    let villages = all.iter().filter(|region| region.code.is_village()).count();
    let by_code = all.iter().enumerate().map(|(at, region)| (region.code, at)).collect();
    let mut by_name: HashMap<String, Vec<usize>> = HashMap::new();
    for (at, region) in all.iter().enumerate().take(villages) {
        by_name.entry(name_key(region.name)).or_default().push(at);
    }
    let own_district =
        |region: &Region| region.kind == RegionKind::District && region.parent.as_str() == SUKOHARJO;
    let districts = all.iter().enumerate().filter(|(_, region)| own_district(region));
    let districts = districts.map(|(at, region)| (name_key(region.name), at)).collect();
    Table { all, villages, by_code, by_name, districts }
});

static DISTANCES: LazyLock<Vec<u32>> = LazyLock::new(|| {
    let all = villages();
    all.iter().flat_map(|a| all.iter().map(move |b| haversine_m(a, b))).collect()
});

fn region_line(line: &'static str) -> Option<Region> {
    let mut fields = line.split(',');
    Some(Region {
        code: RegionCode::parse(fields.next()?).ok()?,
        name: fields.next()?,
        kind: RegionKind::parse(fields.next()?)?,
        parent: RegionCode::parse(fields.next()?).ok()?,
        lat: fields.next()?.parse().ok()?,
        lon: fields.next()?.parse().ok()?,
        postcode: fields.next().filter(|code| !code.is_empty()),
    })
}

/// Mean radius of the Earth in metres (IUGG).
const EARTH_RADIUS_M: f64 = 6_371_008.8;

fn haversine_m(a: &Region, b: &Region) -> u32 {
    let (lat_a, lat_b) = (a.lat.to_radians(), b.lat.to_radians());
    let half_lat = ((lat_b - lat_a) / 2.0).sin();
    let half_lon = ((b.lon - a.lon).to_radians() / 2.0).sin();
    let chord = half_lat * half_lat + lat_a.cos() * lat_b.cos() * half_lon * half_lon;
    whole_metres(2.0 * EARTH_RADIUS_M * chord.sqrt().min(1.0).asin())
}

#[expect(
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "half the Earth's circumference is 20 million metres: between 0 and u32::MAX, and `as` saturates"
)]
fn whole_metres(metres: f64) -> u32 {
    metres.round() as u32
}

/// Lower-case letters and digits without the words for the kind of region.
fn name_key(text: &str) -> String {
    let lower = text.to_lowercase();
    let words = lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
    let kept = words.skip_while(|word| {
        matches!(
            *word,
            "desa" | "ds" | "kelurahan" | "kel" | "kecamatan" | "kec" | "kabupaten" | "kab" | "kota"
        )
    });
    kept.collect()
}
