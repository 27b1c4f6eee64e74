//! Employers of the sample regency: invented companies in the industries Sukoharjo lives from.
//!
//! Belongs here: drawing them, and their rows. Does not belong here: what there is to draw (`sectors`). No name is
//! meant to be a real company's; a sample NIB starts with 99, a sample telephone number with 0860, which no operator
//! uses, mail goes to `.example`.

use super::sectors::{BASE, SECTORS, Sector};
use crate::domain::{
    intake::{cell::Cell, employer::EmployerRow},
    region::Region,
};
use crate::sample::names;
use crate::sample::places::Places;
use crate::sample::rng::Rng;

/// An employer with what its ads need.
pub(super) struct Employer {
    pub(super) sector: &'static Sector,
    pub(super) name: String,
    pub(super) nib: String,
    pub(super) village: &'static Region,
}

impl Employer {
    /// Employer number `number`. The first ones are the twenty-four of [`BASE`], so that a small sample has one of
    /// every kind; the others are drawn.
    pub(super) fn new(seed: u64, number: u64) -> Option<Self> {
        let mut rng = Rng::new(seed, 1, number);
        let base = usize::try_from(number).ok().and_then(|at| BASE.get(at));
        let sector = match base {
            Some((sector, _)) => SECTORS.get(*sector)?,
            None => SECTORS.get(rng.weighted(SECTORS.iter().map(|sector| sector.share)))?,
        };
        let name = match base {
            Some((_, name)) => (*name).to_owned(),
            None => invented(&mut rng, sector),
        };
        let village = Places::shared().in_districts(&mut rng, sector.districts)?;
        Some(Self { sector, name, nib: format!("99{:011}", number + 1), village })
    }

    pub(super) fn row(&self, seed: u64, number: u64) -> EmployerRow {
        let mut rng = Rng::new(seed, 2, number);
        let host: String = self.name.chars().filter(char::is_ascii_alphanumeric).collect();
        let contact = names::full_name(&mut rng, number.is_multiple_of(2));
        EmployerRow {
            nib: Cell::text(&self.nib),
            name: Cell::text(&self.name),
            industry: Cell::text(self.sector.kbli),
            address: Cell::text(&format!("Jl. {} No. {}", names::street(&mut rng), rng.between(1, 199))),
            village: Cell::text(self.village.code.as_str()),
            kecamatan: Cell::Empty,
            contact_name: Cell::text(&contact),
            contact_phone: Cell::text(&names::phone(&mut rng)),
            email: Cell::text(&format!("hrd@{}.example", host.to_lowercase())),
        }
    }
}

fn invented(rng: &mut Rng, sector: &Sector) -> String {
    let name = [
        rng.pick(sector.prefixes),
        names::company_word(rng),
        names::company_word(rng),
        rng.pick(sector.suffixes),
    ];
    name.iter().filter(|word| !word.is_empty()).copied().collect::<Vec<_>>().join(" ")
}
