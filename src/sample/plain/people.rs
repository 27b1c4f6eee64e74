//! People of the sample regency.
//!
//! Belongs here: one person from seed and number, and the household they share card, village, decile and perhaps the
//! telephone with. Does not belong here: whether they suit a vacancy.

use chrono::{Datelike, Days, NaiveDate};

use super::trades::{self, Trade};
use crate::domain::{
    education::Education,
    intake::{cell::Cell, person::PersonRow},
    region::Region,
};
use crate::sample::{names, numbers, places::Places, rng::Rng};

/// Person number `number`.
pub(super) fn row(seed: u64, number: u32, today: NaiveDate) -> Option<PersonRow> {
    let mut rng = Rng::new(seed, 4, u64::from(number));
    let home = Household::of(seed, number, today)?;
    let person = Person::draw(&mut rng, today)?;
    let mut row = PersonRow {
        nik: Cell::text(&numbers::nik(number, person.born, person.woman, home.village)),
        name: Cell::text(&names::full_name(&mut rng, person.woman)),
        sex: Cell::text(if person.woman { "P" } else { "L" }),
        birth_date: Cell::text(&person.born.to_string()),
        phone: Cell::text(&if rng.percent(60) { home.phone } else { names::phone(&mut rng) }),
        village: Cell::text(home.village.code.as_str()),
        address: Cell::text(&home.address),
        desil: home.desil.0,
        desil_source: home.desil.1,
        desil_date: home.desil.2,
        family_card: Cell::text(&home.card),
        ..PersonRow::default()
    };
    schooling(&mut rng, &person, &mut row);
    skills(&mut rng, &person, &mut row, today);
    wishes(&mut rng, &person, &mut row);
    registration(&mut rng, number, &mut row, today);
    Some(row)
}

/// What a household shares.
struct Household {
    village: &'static Region,
    address: String,
    card: String,
    phone: String,
    desil: (Cell, Cell, Cell),
}

/// Ten people in a row live in seven households.
const HOUSEHOLDS: [u32; 10] = [0, 1, 1, 2, 3, 4, 4, 4, 5, 6];

impl Household {
    fn of(seed: u64, number: u32, today: NaiveDate) -> Option<Self> {
        let place_in_block = usize::try_from(number % 10).ok()?;
        let household = number / 10 * 7 + HOUSEHOLDS.get(place_in_block)?;
        let mut rng = Rng::new(seed, 3, u64::from(household));
        let village = Places::shared().any(&mut rng)?;
        let (hamlet, rt, rw) = (names::hamlet(&mut rng), rng.between(1, 9), rng.between(1, 15));
        let issued = format!("{:02}{:02}{:02}", rng.between(1, 28), rng.between(1, 12), rng.between(8, 24));
        Some(Self {
            village,
            address: format!("Dukuh {hamlet} RT {rt:02} RW {rw:02}"),
            card: numbers::sixteen(household, village, &issued),
            phone: names::phone(&mut rng),
            desil: desil(&mut rng, today),
        })
    }
}

/// Decile, register and date; nothing for three in ten.
fn desil(rng: &mut Rng, today: NaiveDate) -> (Cell, Cell, Cell) {
    if rng.percent(30) {
        return (Cell::Empty, Cell::Empty, Cell::Empty);
    }
    // People who look for work through the office are poorer than the regency.
    let weights = [12, 14, 14, 13, 13, 12, 9, 7, 4, 2];
    let decile = rng.weighted(weights.into_iter()) + 1;
    // DTSEN is renewed every quarter; the registers before it are older.
    let (source, age) = match rng.below(100) {
        0..=84 => ("DTSEN", rng.between(20, 110)),
        85..=93 => ("P3KE", rng.between(600, 900)),
        _ => ("DTKS", rng.between(640, 1_000)),
    };
    let dated = today - Days::new(u64::from(age));
    (Cell::text(&decile.to_string()), Cell::text(source), Cell::text(&dated.to_string()))
}

/// What decides the rest of a person.
struct Person {
    trade: &'static Trade,
    woman: bool,
    age: u32,
    born: NaiveDate,
    education: Education,
}

impl Person {
    fn draw(rng: &mut Rng, today: NaiveDate) -> Option<Self> {
        let trade = trades::all().nth(rng.weighted(trades::all().map(|trade| trade.share)))?;
        let woman = rng.percent(trade.women);
        // The large dismissals of 2025 hit people who had sewn, spun and woven for decades.
        let dismissed =
            matches!(trade.key, "jahit" | "pintal" | "tenun" | "finishing_garmen") && rng.percent(55);
        let age = if dismissed {
            rng.between(36, 54)
        } else {
            match rng.below(100) {
                0 => 18,
                1..=44 => rng.between(19, 25),
                45..=74 => rng.between(26, 35),
                75..=92 => rng.between(36, 45),
                _ => rng.between(46, 55),
            }
        };
        let year = today.year() - i32::try_from(age).ok()? - 1;
        let born = NaiveDate::from_ymd_opt(year, rng.between(1, 12), rng.between(1, 28))?;
        let education = education(rng, trade, age);
        Some(Self { trade, woman, age, born, education })
    }

    fn is_veteran(&self) -> bool {
        self.age > 35 && matches!(self.trade.key, "jahit" | "pintal" | "tenun" | "finishing_garmen")
    }
}

fn education(rng: &mut Rng, trade: &Trade, age: u32) -> Education {
    const LEVELS: [Education; 6] =
        [Education::Sd, Education::Smp, Education::Sma, Education::Smk, Education::D3, Education::S1];
    let weights = if age > 40 { [16, 36, 22, 23, 2, 1] } else { [2, 14, 27, 47, 5, 5] };
    let drawn = LEVELS.get(rng.weighted(weights.into_iter())).copied().unwrap_or(Education::Sma);
    let too_low = drawn.rank() < trade.education.rank();
    if too_low && rng.percent(85) { trade.education } else { drawn }
}

fn schooling(rng: &mut Rng, person: &Person, row: &mut PersonRow) {
    row.education = Cell::text(match person.education {
        Education::Sd => "SD",
        Education::Smp => "SMP",
        Education::Smk => "SMK",
        Education::D3 => "D3",
        Education::S1 => "S1",
        _ => "SMA",
    });
    let own_field = rng.percent(75);
    let other = trades::all().nth(rng.index(trades::all().count())).unwrap_or(person.trade);
    row.major = match person.education {
        Education::Sd | Education::Smp => Cell::Empty,
        Education::Sma => Cell::text(rng.pick(&["IPA", "IPS"])),
        _ => Cell::text(rng.pick(if own_field { person.trade.majors } else { other.majors })),
    };
}

/// Training, certificates, skills and experience. Seven in ten were trained in their trade, some only worked in it, some
/// were trained for another one, and some say little.
fn skills(rng: &mut Rng, person: &Person, row: &mut PersonRow, today: NaiveDate) {
    let kind = rng.below(100);
    let other = trades::all().nth(rng.index(trades::all().count())).unwrap_or(person.trade);
    let training = match kind {
        0..=69 => Some(person.trade),
        88..=94 => Some(other),
        _ => None,
    };
    if let Some(trade) = training {
        trained(rng, trade, row, today);
    }
    if kind < 95 {
        let count = rng.index(3) + 2;
        let mut known = rng.some(person.trade.skills, count);
        if rng.percent(30) {
            known.push(rng.pick(person.trade.nice));
        }
        row.skills = Cell::text(&known.join("; "));
        row.experience = Cell::text(&experience(rng, person));
    }
}

fn trained(rng: &mut Rng, trade: &Trade, row: &mut PersonRow, today: NaiveDate) {
    let ended = today - Days::new(u64::from(rng.between(15, 900)));
    let result = match rng.below(100) {
        0..=76 => "K",
        77..=86 => "BK",
        _ => "",
    };
    row.programme = Cell::text(rng.pick(trade.programmes));
    row.training_end = Cell::text(&ended.to_string());
    row.training_result = Cell::text(result);
    row.class = Cell::text(&format!("Angkatan {} Tahun {}", rng.between(1, 12), ended.year()));
    let chance = if trade.certificate_required { 85 } else { 35 };
    if result == "K" && rng.percent(chance) {
        let first = trade.certificates.first().copied().unwrap_or_default();
        let named = if trade.certificate_required { first } else { rng.pick(trade.certificates) };
        row.certificates = Cell::text(named);
    }
}

/// Jobs as `title:months`, at most two.
fn experience(rng: &mut Rng, person: &Person) -> String {
    let worked = (person.age - 17).min(25) * 12;
    if person.is_veteran() {
        let title = person.trade.jobs.first().copied().unwrap_or_default();
        return format!("{title}:{}", rng.between(96, worked.max(96)));
    }
    if rng.percent(if person.age < 22 { 45 } else { 14 }) {
        return String::new();
    }
    let count = if person.age > 24 && rng.percent(35) { 2 } else { 1 };
    let most = (worked / 2).clamp(6, 96);
    let jobs = rng.some(person.trade.jobs, count);
    jobs.iter().map(|title| format!("{title}:{}", rng.between(3, most))).collect::<Vec<_>>().join("; ")
}

/// Wage, distance, transport, shifts, disability.
fn wishes(rng: &mut Rng, person: &Person, row: &mut PersonRow) {
    if rng.percent(75) {
        let schooled = if person.education.rank() > 5 { 400_000 } else { 0 };
        let floor = 1_900_000 + schooled + 50_000 * (rng.below(12) + rng.below(12));
        row.wage_floor = Cell::text(&floor.to_string());
    }
    let (transport, near, far) = match rng.below(100) {
        0..=66 => ("motor", 8, 30),
        67..=74 => ("sepeda", 3, 8),
        75..=79 => ("jalan kaki", 1, 4),
        80..=86 => ("angkutan umum", 5, 20),
        87..=92 => ("antar-jemput", 5, 25),
        93 | 94 => ("mobil", 10, 40),
        _ => ("", 5, 20),
    };
    row.transport = Cell::text(transport);
    if rng.percent(88) {
        row.max_distance_km = Cell::text(&rng.between(near, far).to_string());
    }
    row.shift_ok = Cell::text(rng.pick(&["ya", "ya", "ya", "tidak", ""]));
    row.disability = Cell::text(match rng.below(1_000) {
        0..=9 => "fisik",
        10..=15 => "sensorik",
        16..=17 => "intelektual",
        18..=19 => "mental",
        20..=119 => "",
        _ => "tidak",
    });
    if row.certificates == Cell::Empty && matches!(transport, "motor" | "mobil") && rng.percent(40) {
        row.certificates = Cell::text(if transport == "motor" { "SIM C" } else { "SIM A" });
    }
}

fn registration(rng: &mut Rng, number: u32, row: &mut PersonRow, today: NaiveDate) {
    let registered = today - Days::new(u64::from(rng.below(700)));
    row.registered_on = Cell::text(&registered.to_string());
    if rng.percent(60) {
        row.ak1_number = Cell::text(&format!("AK1-{}-{number:06}", registered.year()));
    }
    if rng.percent(60) {
        row.available_from = Cell::text(&(today + Days::new(u64::from(rng.below(31)))).to_string());
    }
    row.status = Cell::text(match rng.below(100) {
        0..=88 => "belum bekerja",
        89..=93 => "wirausaha",
        94..=97 => "bekerja",
        _ => "",
    });
}
