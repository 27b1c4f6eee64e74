//! People of the believable regency: one person from seed and number. Somebody has one line of work, and school, trainings,
//! jobs and skills follow from it and from their age; card, village, decile and perhaps the telephone are the household's.
use chrono::{Datelike, Days, NaiveDate};

use super::line::{self, Line, words};
use crate::{
    domain::{
        education::Education,
        intake::{cell::Cell, person::PersonRow},
        region::Region,
    },
    sample::{names, numbers, places::Places, rng::Rng},
};

/// A person with the line of work they are in.
#[derive(Clone, Debug)]
pub struct Drawn {
    /// The line's name.
    pub line: &'static str,
    pub row: PersonRow,
}

/// Person number `number`.
pub(super) fn draw(seed: u64, number: u32, today: NaiveDate) -> Option<Drawn> {
    let mut rng = Rng::new(seed, 24, u64::from(number));
    let line = line::all().nth(rng.weighted(line::all().map(|line| line.share)))?;
    let life = Life::draw(&mut rng, line, today)?;
    let mut row = begun(&mut rng, seed, number, &life, today)?;
    let career = career(&mut rng, &life);
    let passed = trained(&mut rng, &life, number, career.len(), &mut row, today);
    tell(&mut rng, &life, &career, passed, &mut row);
    Some(Drawn { line: line.key, row })
}

/// Somebody of a line of work who never worked in it, to be registered on `today`.
pub(super) fn beginner(seed: u64, number: u32, line: &'static Line, today: NaiveDate) -> Option<Drawn> {
    let mut rng = Rng::new(seed, 25, u64::from(number));
    let young = Life { age: rng.between(18, 27), ..Life::draw(&mut rng, line, today)? };
    let life = Life { born: birthday(&mut rng, young.age, today)?, ..young };
    let mut row = begun(&mut rng, seed, number, &life, today)?;
    row.registered_on = Cell::text(&today.to_string());
    row.available_from = Cell::Empty;
    row.status = Cell::text("belum bekerja");
    row.ranking_consent = Cell::text("ya");
    Some(Drawn { line: line.key, row })
}

/// What decides the rest of a person.
struct Life {
    line: &'static Line,
    woman: bool,
    age: u32,
    born: NaiveDate,
    education: Education,
    major: &'static str,
}

impl Life {
    fn draw(rng: &mut Rng, line: &'static Line, today: NaiveDate) -> Option<Self> {
        let (young, old) = line.ages;
        let middle = u32::midpoint(young, old);
        // The large dismissals of 2025 hit people who had sewn, spun and woven for decades.
        let dismissed = matches!(line.key, "jahit" | "tekstil" | "linting") && rng.percent(45);
        let age = match () {
            () if dismissed => rng.between(36, old),
            () if rng.percent(65) => rng.between(young, middle),
            () => rng.between(young, old),
        };
        let drawn = |rng: &mut Rng| line.schools.get(rng.weighted(line.schools.iter().map(|(.., w)| *w)));
        let mut school = drawn(rng)?;
        // Older people went to school for fewer years.
        let other = drawn(rng)?;
        if age > 40 && other.0.rank() < school.0.rank() {
            school = other;
        }
        let (education, major, _) = *school;
        let age = age.max(leaves_school(education));
        Some(Self {
            line,
            woman: rng.percent(line.women),
            age,
            born: birthday(rng, age, today)?,
            education,
            major,
        })
    }

    /// Months in which somebody can have worked.
    fn months(&self) -> u32 {
        (self.age - leaves_school(self.education).min(self.age)) * 12
    }
}

fn birthday(rng: &mut Rng, age: u32, today: NaiveDate) -> Option<NaiveDate> {
    let year = today.year() - i32::try_from(age).ok()? - 1;
    NaiveDate::from_ymd_opt(year, rng.between(1, 12), rng.between(1, 28))
}

/// The age at which work begins: nobody is employed below 18.
fn leaves_school(education: Education) -> u32 {
    match education.rank() {
        0..=3 => 18,
        4..=6 => 21,
        _ => 22,
    }
}

/// Who it is and where they live, what they wish and when they came.
fn begun(rng: &mut Rng, seed: u64, number: u32, life: &Life, today: NaiveDate) -> Option<PersonRow> {
    let home = Household::of(seed, number, today)?;
    let mut row = PersonRow {
        nik: Cell::text(&numbers::nik(number, life.born, life.woman, home.village)),
        name: Cell::text(&names::full_name(rng, life.woman)),
        sex: Cell::text(if life.woman { "P" } else { "L" }),
        birth_date: Cell::text(&life.born.to_string()),
        phone: Cell::text(&if rng.percent(55) { home.phone } else { names::phone(rng) }),
        village: Cell::text(home.village.code.as_str()),
        address: Cell::text(&home.address),
        desil: home.desil.0,
        desil_source: home.desil.1,
        desil_date: home.desil.2,
        family_card: Cell::text(&home.card),
        education: Cell::text(told(life.education)),
        major: Cell::text(life.major),
        ..PersonRow::default()
    };
    wishes(rng, life, &mut row);
    registration(rng, number, &mut row, today);
    Some(row)
}

fn told(education: Education) -> &'static str {
    match education {
        Education::Sd => "SD",
        Education::Smp => "SMP",
        Education::Smk => "SMK",
        Education::D3 => "D3",
        Education::S1 => "S1",
        _ => "SMA",
    }
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
        let household = number / 10 * 7 + HOUSEHOLDS.get(usize::try_from(number % 10).ok()?)?;
        let mut rng = Rng::new(seed, 23, u64::from(household));
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

/// Decile, register and date; nothing for somewhat more than a quarter.
fn desil(rng: &mut Rng, today: NaiveDate) -> (Cell, Cell, Cell) {
    if rng.percent(28) {
        return (Cell::Empty, Cell::Empty, Cell::Empty);
    }
    // People who look for work through the office are poorer than the regency.
    let decile = rng.weighted([14, 16, 15, 13, 12, 11, 8, 6, 3, 2].into_iter()) + 1;
    let (source, age) = match rng.below(100) {
        0..=89 => ("DTSEN", rng.between(20, 110)),
        90..=95 => ("P3KE", rng.between(500, 900)),
        _ => ("DTKS", rng.between(640, 1_000)),
    };
    let dated = today - Days::new(u64::from(age));
    (Cell::text(&decile.to_string()), Cell::text(source), Cell::text(&dated.to_string()))
}

/// The jobs somebody held, in order, with their months: up the ladder of the line as far as the years allow.
fn career(rng: &mut Rng, life: &Life) -> Vec<(&'static str, u32)> {
    let possible = life.months();
    let fresh = life.age < leaves_school(life.education) + 3;
    if possible < 6 || rng.percent(if fresh { 55 } else { 6 }) {
        return Vec::new();
    }
    let mut left = (possible * rng.between(45, 95) / 100).max(4);
    let mut held = Vec::new();
    for rung in life.line.ladder {
        let stays = if rung.months == 0 { left } else { rung.months * rng.between(70, 150) / 100 };
        let months = stays.clamp(3, left.max(3));
        held.push((rung.job, months));
        left = left.saturating_sub(months);
        if left < 4 {
            break;
        }
    }
    held
}

/// Trainings. Beginners come from the training centre, a class of twenty and more; whoever has worked was trained long ago, if
/// at all. Gives whether a training was passed.
fn trained(
    rng: &mut Rng,
    life: &Life,
    number: u32,
    jobs: usize,
    row: &mut PersonRow,
    today: NaiveDate,
) -> bool {
    let chance = [80, 55, 25].get(jobs).copied().unwrap_or(15);
    let programmes = words(life.line.programmes);
    let Some(first) = programmes.first().filter(|_| rng.percent(chance)) else { return false };
    let (programme, class) = match life.line.share {
        40.. if jobs < 3 && life.age < 50 && rng.percent(85) => (*first, true),
        _ => (rng.pick(&programmes), false),
    };
    let ended = if class {
        // One class a year for every line, and one more for every three thousand people.
        let batch = number / 3_000 % 12 + 1;
        let line = u32::try_from(life.line.key.len()).unwrap_or_default();
        let ended = today - Days::new(u64::from(25 + 6 * line + 3 * batch));
        row.class = Cell::text(&format!("Angkatan {batch} Tahun {}", ended.year()));
        ended
    } else {
        today - Days::new(u64::from(rng.between(60, (life.months() * 30).clamp(120, 2_400))))
    };
    let result = match rng.below(100) {
        0..=81 => "K",
        82..=91 => "BK",
        _ => "",
    };
    row.programme = Cell::text(programme);
    row.training_end = Cell::text(&ended.to_string());
    row.training_result = Cell::text(result);
    result == "K"
}

/// Jobs, skills and certificates.
fn tell(rng: &mut Rng, life: &Life, career: &[(&str, u32)], passed: bool, row: &mut PersonRow) {
    let jobs: Vec<String> = career.iter().map(|(job, months)| format!("{job}:{months}")).collect();
    row.experience = Cell::text(&jobs.join("; "));
    let ladder = life.line.ladder;
    let top = match career.len() {
        0 if passed => 1,
        0 => 0,
        jobs => jobs - 1,
    };
    let rung = ladder.get(top.min(ladder.len() - 1));
    let mut skills = rung.map_or_else(Vec::new, |rung| words(rung.skills));
    if career.is_empty() && !passed {
        skills.truncate(1);
    }
    if rng.percent(45) {
        skills.push(rng.pick(&words(life.line.also)));
    }
    row.skills = Cell::text(&skills.join("; "));
    let certificates = words(life.line.certificates);
    let has_first = if life.line.licensed { !career.is_empty() || passed } else { passed && rng.percent(40) };
    let mut held: Vec<&str> = certificates.first().copied().filter(|_| has_first).into_iter().collect();
    if career.len() > 1 && rng.percent(25) {
        held.extend(certificates.get(1));
    }
    let rides = row.transport == Cell::text("motor") && rng.percent(50);
    if rides && !held.contains(&"SIM C") {
        held.push("SIM C");
    }
    row.certificates = Cell::text(&held.join("; "));
}

/// Wage, distance, transport, shifts, living at work, disability.
fn wishes(rng: &mut Rng, life: &Life, row: &mut PersonRow) {
    if rng.percent(70) {
        let schooled = if life.education.rank() > 5 { 400_000 } else { 0 };
        let floor = 1_800_000 + schooled + 50_000 * (rng.below(9) + rng.below(9));
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
    if rng.percent(85) {
        row.max_distance_km = Cell::text(&rng.between(near, far).to_string());
    }
    row.shift_ok = Cell::text(rng.pick(&["ya", "ya", "ya", "tidak", ""]));
    let lives_in = matches!(life.line.key, "rumah_tangga" | "asuh") && rng.percent(70);
    row.dormitory_ok =
        Cell::text(if lives_in { "ya" } else { rng.pick(&["ya", "tidak", "tidak", "tidak", ""]) });
    row.disability = Cell::text(match rng.below(1_000) {
        0..=9 => "fisik",
        10..=15 => "sensorik",
        16..=17 => "intelektual",
        18..=19 => "mental",
        20..=119 => "",
        _ => "tidak",
    });
}

fn registration(rng: &mut Rng, number: u32, row: &mut PersonRow, today: NaiveDate) {
    let registered = today - Days::new(u64::from(rng.below(400)));
    row.registered_on = Cell::text(&registered.to_string());
    if rng.percent(60) {
        row.ak1_number = Cell::text(&format!("AK1-{}-{number:06}", registered.year()));
    }
    if rng.percent(45) {
        row.available_from = Cell::text(&(today + Days::new(u64::from(rng.below(31)))).to_string());
    }
    row.status = Cell::text(match rng.below(100) {
        0..=92 => "belum bekerja",
        93..=95 => "wirausaha",
        96..=97 => "bekerja",
        _ => "",
    });
    row.ranking_consent = Cell::text(match rng.below(100) {
        0..=69 => "ya",
        70 => "tidak",
        _ => "",
    });
}
