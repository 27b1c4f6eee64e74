//! Vacancies of the sample regency, written as ads are: sections, prose or a short message, in the words of the trade.
//!
//! Belongs here: who wants how many of what, and the text. Does not belong here: the words of trades and sectors.

use chrono::{Datelike, Days};

use super::employers::Employer;
use super::trades::{self, Trade};
use crate::domain::{
    education::Education,
    intake::{cell::Cell, vacancy::VacancyRow},
    money::{Rupiah, minimum_wage},
};
use crate::sample::SampleParams;
use crate::sample::rng::Rng;

/// The large vacancy every sample starts with.
const LARGE: u32 = 300;

/// The vacancies in order, their seats adding up to the seats asked for.
pub(super) fn rows(params: &SampleParams, employers: &[Employer]) -> Vec<VacancyRow> {
    let plans: Vec<Plan<'_>> =
        (0..params.vacancies).filter_map(|number| plan(params, employers, number)).collect();
    let seats = share_out(params.seats.max(params.vacancies), &plans);
    plans.iter().zip(seats).map(|(plan, seats)| row(params, plan, seats)).collect()
}

/// Who wants what, before seats are known.
struct Plan<'a> {
    number: u32,
    employer: &'a Employer,
    trade: &'static Trade,
    weight: u32,
}

/// Vacancy number 0 is the garment factory's; then every employer has one; the rest go to the larger ones.
fn plan<'a>(params: &SampleParams, employers: &'a [Employer], number: u32) -> Option<Plan<'a>> {
    let mut rng = Rng::new(params.seed, 5, u64::from(number));
    let at = usize::try_from(number).ok()?;
    let sizes = employers.iter().map(|employer| employer.sector.size);
    let at = if at < employers.len() { at } else { rng.weighted(sizes) };
    let employer = employers.get(at)?;
    let trades = employer.sector.trades;
    let chosen = if number == 0 { 0 } else { rng.weighted(trades.iter().map(|(_, weight)| *weight)) };
    let (key, share) = trades.get(chosen)?;
    let weight = employer.sector.size * share * rng.between(1, 6);
    Some(Plan { number, employer, trade: trades::find(key)?, weight })
}

/// One seat each, the large vacancy first, the rest in proportion to the weights.
fn share_out(total: u32, plans: &[Plan<'_>]) -> Vec<u32> {
    let count = u32::try_from(plans.len()).unwrap_or(u32::MAX);
    let large = LARGE.min(total / 2).min(total - count.min(total)).max(1);
    let others = count.saturating_sub(1);
    if others == 0 {
        return vec![total; plans.len()];
    }
    let rest = u64::from(total.saturating_sub(large + others));
    let weights = plans.iter().skip(1).map(|plan| u64::from(plan.weight.max(1)));
    let sum: u64 = weights.clone().sum();
    let mut before = 0;
    // Rounding the running sum, not each share, keeps the total exact.
    let upto = |weight: u64| u32::try_from(rest * weight / sum.max(1)).unwrap_or(u32::MAX);
    let shares = weights.map(|weight| {
        let start = upto(before);
        before += weight;
        1 + upto(before) - start
    });
    std::iter::once(large).chain(shares).collect()
}

fn row(params: &SampleParams, plan: &Plan<'_>, seats: u32) -> VacancyRow {
    let mut rng = Rng::new(params.seed, 6, u64::from(plan.number));
    let ad = Ad::draw(params, plan, seats, &mut rng);
    let limited = plan.number > 0 && rng.percent(5);
    let closes_on = params.today + Days::new(u64::from(rng.between(14, 60)));
    let sector = plan.employer.sector;
    VacancyRow {
        // An employer may offer one job twice: the list's own number tells the two apart.
        list_number: Cell::text(&format!("C-{:05}", plan.number)),
        employer: Cell::text(&plan.employer.name),
        nib: Cell::text(&plan.employer.nib),
        title: Cell::text(&ad.heading(&mut rng)),
        occupation_kbji: Cell::text(plan.trade.kbji),
        village: Cell::text(plan.employer.village.code.as_str()),
        kecamatan: Cell::Empty,
        seats: Cell::text(&seats.to_string()),
        reserved_seats: Cell::text(&reserved(seats).to_string()),
        wage_min: Cell::text(&ad.wage.0.amount().to_string()),
        wage_max: Cell::text(&ad.wage.1.amount().to_string()),
        working_hours: Cell::text(rng.pick(sector.hours)),
        conditions: Cell::text(rng.pick(sector.conditions)),
        employment_type: Cell::text(employment(&mut rng, plan.trade)),
        education_min: Cell::text(education_words(ad.education)),
        experience_months: Cell::text(&ad.months.to_string()),
        skills: Cell::text(&ad.must.join("; ")),
        certificates: Cell::text(ad.certificate.unwrap_or_default()),
        description: Cell::text(&ad.text(&mut rng)),
        closes_on: Cell::text(&closes_on.to_string()),
        age_max: Cell::text(if limited { "35" } else { "" }),
        restriction_reason: Cell::text(if limited {
            "pekerjaan mengangkat beban berat secara terus-menerus"
        } else {
            ""
        }),
        ..VacancyRow::default()
    }
}

/// One percent for people with a disability in large vacancies (UU 8/2016 Ps 53).
fn reserved(seats: u32) -> u32 {
    if seats < 25 { 0 } else { seats.div_ceil(100) }
}

fn employment(rng: &mut Rng, trade: &Trade) -> &'static str {
    match trade.key {
        "rotan" | "batik" | "bangunan" => rng.pick(&["borongan", "harian_lepas", "PKWT"]),
        "satpam" | "hotel" => rng.pick(&["alih_daya", "PKWT"]),
        _ => rng.pick(&["PKWT", "PKWT", "PKWT", "PKWTT"]),
    }
}

fn education_words(level: Education) -> &'static str {
    match level {
        Education::Tsd | Education::Sd => "SD",
        Education::Smp => "SMP",
        Education::Sma => "SMA/SMK",
        Education::Smk => "SMK",
        Education::D1 | Education::D2 | Education::D3 => "D3",
        Education::D4 | Education::S1 | Education::Profesi | Education::S2 | Education::S3 => "S1",
    }
}

/// What an ad says, before it is put in words.
struct Ad<'a> {
    plan: &'a Plan<'a>,
    seats: u32,
    title: &'static str,
    education: Education,
    months: u32,
    must: Vec<&'static str>,
    nice: &'static str,
    certificate: Option<&'static str>,
    wage: (Rupiah, Rupiah),
}

impl<'a> Ad<'a> {
    fn draw(params: &SampleParams, plan: &'a Plan<'a>, seats: u32, rng: &mut Rng) -> Self {
        let trade = plan.trade;
        // The large vacancy takes beginners: that is why it can take three hundred.
        let months = if plan.number == 0 { 0 } else { [0, 0, 0, 6, 12, 12, 24][rng.index(7)] };
        let count = rng.index(2) + 2;
        let common = trade.skills.get(..2).filter(|_| plan.number == 0);
        let must = common.map_or_else(|| rng.some(trade.skills, count), <[_]>::to_vec);
        Self {
            plan,
            seats,
            title: rng.pick(trade.titles),
            education: trade.education,
            months,
            must,
            nice: rng.pick(trade.nice),
            certificate: trade.certificates.first().copied().filter(|_| trade.certificate_required),
            wage: wage(params, plan, rng),
        }
    }

    /// The title as the ad's heading: plain, in capitals, with the place or a call.
    fn heading(&self, rng: &mut Rng) -> String {
        match rng.below(20) {
            0..=2 => self.title.to_uppercase(),
            3 | 4 => format!("{} - {}", self.title, self.plan.employer.village.name),
            5 => format!("{} (Urgent)", self.title),
            6 => format!("Dibutuhkan Segera {}", self.title),
            _ => self.title.to_owned(),
        }
    }

    fn text(&self, rng: &mut Rng) -> String {
        match rng.below(10) {
            0..=5 => self.sections(rng),
            6..=8 => self.prose(rng),
            _ => self.message(rng),
        }
    }

    fn sections(&self, rng: &mut Rng) -> String {
        let sector = self.plan.employer.sector;
        let opening = match rng.below(3) {
            0 => format!(
                "{} adalah {}. Saat ini kami membuka lowongan {}.",
                self.plan.employer.name, sector.about, self.title
            ),
            1 => format!("Dibutuhkan {} orang {} untuk {}.", self.seats, self.title, sector.about),
            _ => format!("LOWONGAN KERJA\nPosisi: {}", self.title),
        };
        let mut lines =
            vec![opening, rng.pick(&["Tugas:", "Tugas dan tanggung jawab:", "Job desc:"]).to_owned()];
        lines.extend(rng.some(self.plan.trade.tasks, 3).iter().map(|task| format!("- {task}")));
        lines.push(rng.pick(&["Kualifikasi:", "Syarat:", "Persyaratan:"]).to_owned());
        lines.extend(self.requirements(rng).iter().map(|line| format!("- {line}")));
        lines.push(rng.pick(&["Fasilitas:", "Yang didapat:", "Benefit:"]).to_owned());
        lines.extend(rng.some(sector.offers, 3).iter().map(|offer| format!("- {offer}")));
        lines.push(self.closing(rng));
        lines.join("\n")
    }

    fn prose(&self, rng: &mut Rng) -> String {
        let employer = self.plan.employer;
        let tasks = rng.some(self.plan.trade.tasks, 2).join(" dan ").to_lowercase();
        let wanted = self.requirements(rng).join(", ");
        let offers = rng.some(employer.sector.offers, 2).join(" dan ");
        format!(
            "{}, {}, membutuhkan {} orang {} untuk {tasks}. Syarat: {wanted}. Kami menyediakan {offers}. {}",
            employer.name,
            employer.sector.about,
            self.seats,
            self.title,
            self.closing(rng)
        )
    }

    fn message(&self, rng: &mut Rng) -> String {
        let wanted = self.requirements(rng).join("\n* ");
        format!(
            "*DIBUTUHKAN* {}\n* {wanted}\nPenempatan {}",
            self.title.to_uppercase(),
            self.plan.employer.village.full_name()
        )
    }

    fn requirements(&self, rng: &mut Rng) -> Vec<String> {
        let minimal = rng.pick(&["minimal", "min.", "Minimal"]);
        let mut lines = vec![format!("Pendidikan {minimal} {}", education_words(self.education))];
        lines.push(match self.months {
            0 => rng
                .pick(&["Pengalaman tidak diutamakan, akan dilatih", "Fresh graduate dipersilakan melamar"])
                .to_owned(),
            months if months < 12 => format!("Pengalaman {minimal} {months} bulan di bidangnya"),
            months => {
                format!("Pengalaman {minimal} {} tahun sebagai {}", months / 12, self.title.to_lowercase())
            }
        });
        let masters = rng.pick(&["Menguasai", "Bisa", "Mampu", "Terbiasa"]);
        lines.extend(self.must.iter().map(|skill| format!("{masters} {skill}")));
        lines.extend(self.certificate.map(|certificate| format!("Wajib memiliki {certificate}")));
        lines.push(format!(
            "{} {}",
            rng.pick(&["Diutamakan", "Nilai tambah bila", "Lebih disukai"]),
            self.nice
        ));
        lines.push(rng.pick(ATTITUDES).to_owned());
        lines
    }

    fn closing(&self, rng: &mut Rng) -> String {
        let place = format!("Penempatan di {}.", self.plan.employer.village.full_name());
        let wage = match rng.below(3) {
            0 => "Gaji UMK ditambah lembur.".to_owned(),
            1 => format!("Gaji {} - {} per bulan.", self.wage.0, self.wage.1),
            _ => String::new(),
        };
        let free = rng.pick(&["Proses seleksi tidak dipungut biaya.", "Gratis, tanpa biaya apa pun.", ""]);
        [place, wage, free.to_owned()]
            .into_iter()
            .filter(|part| !part.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }
}

const ATTITUDES: &[&str] = &[
    "Jujur, disiplin, dan bertanggung jawab",
    "Sehat jasmani dan rohani",
    "Mampu bekerja dalam tim",
    "Teliti dan rapi",
    "Bersedia kerja lembur",
    "Bersedia mengikuti training",
];

/// From the minimum wage of the place upwards.
fn wage(params: &SampleParams, plan: &Plan<'_>, rng: &mut Rng) -> (Rupiah, Rupiah) {
    const STEP: i64 = 50_000;
    let minimum = minimum_wage(plan.employer.village.code, params.today.year());
    let least = minimum.map_or(2_500_000, |wage| wage.amount.amount());
    let low = (least + STEP - 1) / STEP * STEP + STEP * i64::from(rng.below(plan.trade.wage_steps / 2 + 1));
    let high = low + STEP * i64::from(rng.below(plan.trade.wage_steps + 1));
    (Rupiah(low), Rupiah(high))
}
