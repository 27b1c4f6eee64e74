//! Vacancies of the believable regency, written as people post them: a banner, a list with a number to write to, or a few
//! lines passed on from phone to phone.
//!
//! Belongs here: who wants how many of what, and the text. Does not belong here: the words of lines and employers.
use chrono::{Datelike, Days};

use super::{
    firms::Firm,
    line::{self, Line, Post, words},
};
use crate::{
    domain::{
        education::Education,
        intake::{cell::Cell, vacancy::VacancyRow},
        money::minimum_wage,
    },
    sample::{SampleParams, rng::Rng},
};

/// A vacancy with what it belongs to.
#[derive(Clone, Debug)]
pub struct Wanted {
    /// Place of its employer in the list of employers.
    pub firm: usize,
    /// The line of work it is in.
    pub line: &'static str,
    pub row: VacancyRow,
}

/// The seats of the garment factory's vacancy, which comes first in every sample, at most.
const LARGE: u32 = 120;

/// Who wants what, before seats are known.
struct Plan<'a> {
    number: u32,
    at: usize,
    firm: &'a Firm,
    line: &'static Line,
    post: &'static Post,
    weight: u64,
}

/// The vacancies in order; their seats add up to the seats asked for.
pub(super) fn all(params: &SampleParams, firms: &[Firm]) -> Vec<Wanted> {
    let plans: Vec<Plan<'_>> =
        (0..params.vacancies).filter_map(|number| plan(params, firms, number)).collect();
    let seats = share_out(params.seats.max(params.vacancies), &plans);
    plans.iter().zip(seats).map(|(plan, seats)| written(params, plan, seats)).collect()
}

/// The large vacancy of an employer: the first post of its first line, for beginners.
pub(super) fn large(params: &SampleParams, firms: &[Firm], at: usize, seats: u32) -> Option<Wanted> {
    let firm = firms.get(at)?;
    let line = line::find(firm.kind.lines.first()?.0)?;
    let number = params.vacancies + u32::try_from(at).ok()?;
    let plan = Plan { number, at, firm, line, post: line.posts.first()?, weight: 1 };
    Some(written(params, &plan, seats))
}

/// Vacancy number 0 is the first employer's main work; then every employer has one; the rest go to the larger ones.
fn plan<'a>(params: &SampleParams, firms: &'a [Firm], number: u32) -> Option<Plan<'a>> {
    let mut rng = Rng::new(params.seed, 26, u64::from(number));
    let own = usize::try_from(number).ok()?;
    let at = if own < firms.len() { own } else { rng.weighted(firms.iter().map(|firm| firm.kind.size)) };
    let firm = firms.get(at)?;
    // Everybody looks for its main work first.
    let chosen = if own < firms.len() { 0 } else { rng.weighted(firm.kind.lines.iter().map(|(_, w)| *w)) };
    let (key, share) = firm.kind.lines.get(chosen)?;
    let line = line::find(key)?;
    let post = if number == 0 { line.posts.first()? } else { line.posts.get(rng.index(line.posts.len()))? };
    let weight = u64::from(firm.kind.size * share * rng.between(1, 6));
    Some(Plan { number, at, firm, line, post, weight })
}

/// One seat each, the large vacancy first, the rest in proportion to the weights.
fn share_out(total: u32, plans: &[Plan<'_>]) -> Vec<u32> {
    let count = u32::try_from(plans.len()).unwrap_or(u32::MAX);
    let others = count.saturating_sub(1);
    let large = if others == 0 { total } else { LARGE.min(total / 4).min(total - others.min(total)).max(1) };
    let rest = u64::from(total.saturating_sub(large + others));
    let weights = plans.iter().skip(1).map(|plan| plan.weight.max(1));
    let sum: u64 = weights.clone().sum();
    let mut before = 0;
    // Rounding the running sum, not each share, keeps the total exact.
    let upto = |weight: u64| u32::try_from(rest * weight / sum.max(1)).unwrap_or(u32::MAX);
    let shares = weights.map(|weight| {
        let start = upto(before);
        before += weight;
        1 + upto(before) - start
    });
    std::iter::once(large).chain(shares).take(plans.len()).collect()
}

fn written(params: &SampleParams, plan: &Plan<'_>, seats: u32) -> Wanted {
    let mut rng = Rng::new(params.seed, 27, u64::from(plan.number));
    let ad = Ad::draw(params, plan, seats, &mut rng);
    let closes_on = params.today + Days::new(u64::from(rng.between(21, 60)));
    let kind = plan.firm.kind;
    let yes = |is: bool| Cell::text(if is { "ya" } else { "" });
    let row = VacancyRow {
        list_number: Cell::text(&format!("C-{:05}", plan.number)),
        employer: Cell::text(&plan.firm.name),
        nib: Cell::text(&plan.firm.nib),
        title: Cell::text(&ad.heading(&mut rng)),
        occupation_kbji: Cell::text(plan.line.kbji),
        village: Cell::text(plan.firm.village.code.as_str()),
        seats: Cell::text(&seats.to_string()),
        // One percent for people with a disability in large vacancies (UU 8/2016 Ps 53).
        reserved_seats: Cell::text(&if seats < 25 { 0 } else { seats.div_ceil(100) }.to_string()),
        wage_min: Cell::text(&ad.wage.0.to_string()),
        wage_max: Cell::text(&ad.wage.1.to_string()),
        working_hours: Cell::text(kind.hours),
        conditions: Cell::text(kind.conditions),
        shuttle: yes(kind.shuttle),
        dormitory: yes(kind.dormitory),
        shifts: yes(kind.shifts),
        employment_type: Cell::text(kind.contract),
        education_min: Cell::text(schooling(plan.post.education)),
        experience_months: Cell::text(&plan.post.months.to_string()),
        skills: Cell::text(plan.post.must),
        certificates: Cell::text(ad.certificate.unwrap_or_default()),
        description: Cell::text(&ad.text(&mut rng)),
        closes_on: Cell::text(&closes_on.to_string()),
        ..VacancyRow::default()
    };
    Wanted { firm: plan.at, line: plan.line.key, row }
}

fn schooling(level: Education) -> &'static str {
    match level.rank() {
        0 | 1 => "SD",
        2 => "SMP",
        3 if level == Education::Smk => "SMK",
        3 => "SMA/SMK",
        4..=6 => "D3",
        _ => "S1",
    }
}

/// What an ad says, before it is put in words.
struct Ad<'a> {
    plan: &'a Plan<'a>,
    seats: u32,
    certificate: Option<&'static str>,
    wage: (i64, i64),
    /// A sentence that the law restricts.
    restricted: Option<&'static str>,
}

/// What some ads ask for though they should not.
const RESTRICTED: &[&str] = &[
    "Usia maksimal 35 tahun",
    "Pria, usia 18-30 tahun",
    "Belum menikah",
    "Berpenampilan menarik, tinggi minimal 160 cm",
];

impl<'a> Ad<'a> {
    fn draw(params: &SampleParams, plan: &'a Plan<'a>, seats: u32, rng: &mut Rng) -> Self {
        const STEP: i64 = 50_000;
        let minimum = minimum_wage(plan.firm.village.code, params.today.year());
        let least = minimum.map_or(2_500_000, |wage| wage.amount.amount());
        let (low, high) = plan.post.pay;
        let low = (least + STEP - 1) / STEP * STEP + STEP * i64::from(low + rng.below(3));
        let high = low + STEP * i64::from(rng.between(0, high));
        let certificate = words(plan.line.certificates).first().copied().filter(|_| plan.line.licensed);
        let restricted = (plan.number > 0 && rng.percent(8)).then(|| rng.pick(RESTRICTED));
        Self { plan, seats, certificate, wage: (low, high), restricted }
    }

    /// The title as the heading: plain, in capitals, with the place or a call.
    fn heading(&self, rng: &mut Rng) -> String {
        let title = self.plan.post.title;
        match rng.below(20) {
            0..=3 => title.to_uppercase(),
            4 | 5 => format!("{title} - {}", self.plan.firm.village.name),
            6 => format!("{title} (Urgent)"),
            7 | 8 => format!("Dibutuhkan Segera {title}"),
            _ => title.to_owned(),
        }
    }

    fn text(&self, rng: &mut Rng) -> String {
        match rng.below(10) {
            0..=4 => self.banner(rng),
            5..=7 => self.list(rng),
            _ => self.message(rng),
        }
    }

    /// As it is pinned to a board or posted in a group.
    fn banner(&self, rng: &mut Rng) -> String {
        let firm = self.plan.firm;
        let call = rng.pick(&["*** INFO LOKER SUKOHARJO ***", "📢 LOWONGAN KERJA 📢", "== LOKER TERBARU =="]);
        let mut lines = vec![
            call.to_owned(),
            "DIBUTUHKAN SEGERA".to_owned(),
            format!("{} ({})", firm.name, firm.kind.about),
            format!("Posisi: {} ({} orang)", self.plan.post.title.to_uppercase(), self.seats),
            "Tugas:".to_owned(),
        ];
        lines.extend(words(self.plan.post.tasks).iter().map(|task| format!("- {task}")));
        lines.push(rng.pick(&["Syarat:", "Syarat & ketentuan:", "Syarat umum:"]).to_owned());
        lines.extend(self.requirements(rng).iter().map(|line| format!("- {line}")));
        lines.push(format!("Fasilitas: {}", self.offers(rng).join(", ")));
        lines.push(self.way(rng));
        lines.join("\n")
    }

    /// As an office writes it.
    fn list(&self, rng: &mut Rng) -> String {
        let firm = self.plan.firm;
        let mut lines = vec![format!(
            "{} adalah {} dan sedang mencari {} orang {}.",
            firm.name, firm.kind.about, self.seats, self.plan.post.title
        )];
        lines.push("Tugas dan tanggung jawab:".to_owned());
        lines.extend((1..).zip(words(self.plan.post.tasks)).map(|(at, task)| format!("{at}. {task}")));
        lines.push("Syarat:".to_owned());
        lines.extend((1..).zip(self.requirements(rng)).map(|(at, line)| format!("{at}. {line}")));
        lines.push("Yang didapat:".to_owned());
        lines.extend((1..).zip(self.offers(rng)).map(|(at, offer)| format!("{at}. {offer}")));
        lines.push(self.way(rng));
        lines.join("\n")
    }

    /// As it is passed on from phone to phone.
    fn message(&self, rng: &mut Rng) -> String {
        let wanted = self.requirements(rng).join("\n✅ ");
        let offers = self.offers(rng).join(", ");
        format!(
            "*DIBUTUHKAN SEGERA* {} orang {} utk {}\n*Syarat*\n✅ {wanted}\n🎁 {offers}\n{}",
            self.seats,
            self.plan.post.title.to_uppercase(),
            self.plan.firm.name,
            self.way(rng)
        )
    }

    fn requirements(&self, rng: &mut Rng) -> Vec<String> {
        let post = self.plan.post;
        let minimal = rng.pick(&["minimal", "min.", "Minimal"]);
        let mut lines = vec![format!("Pendidikan {minimal} {}", schooling(post.education))];
        lines.push(match post.months {
            0 => rng
                .pick(&["Pengalaman tidak diutamakan, akan dilatih", "Fresh graduate dipersilakan melamar"])
                .to_owned(),
            months if months < 12 => format!("Pengalaman {minimal} {months} bulan di bidangnya"),
            months => {
                format!("Pengalaman {minimal} {} tahun sebagai {}", months / 12, post.title.to_lowercase())
            }
        });
        let masters = rng.pick(&["Menguasai", "Bisa", "Terbiasa"]);
        lines.extend(words(post.must).iter().map(|skill| format!("{masters} {skill}")));
        lines.extend(self.certificate.map(|certificate| format!("Wajib memiliki {certificate}")));
        lines.push(format!("{} {}", rng.pick(&["Diutamakan", "Nilai tambah bila"]), post.nice));
        if self.plan.firm.kind.shifts {
            lines.push(rng.pick(&["Bersedia kerja shift", "Siap kerja shift bergilir"]).to_owned());
        }
        lines.extend(self.restricted.map(str::to_owned));
        lines.push(
            rng.pick(&["Jujur, rajin, dan disiplin", "Sehat jasmani dan rohani", "Bisa bekerja dalam tim"])
                .to_owned(),
        );
        lines
    }

    fn offers(&self, rng: &mut Rng) -> Vec<String> {
        let kind = self.plan.firm.kind;
        let mut offers: Vec<String> =
            rng.some(&words(kind.offers), 2).into_iter().map(str::to_owned).collect();
        if kind.shuttle {
            offers.push("bus jemputan karyawan".to_owned());
        }
        if kind.dormitory {
            offers.push(
                rng.pick(&["mes karyawan gratis", "disediakan mes untuk yang rumahnya jauh"]).to_owned(),
            );
        }
        offers.push(match rng.below(3) {
            0 => "gaji UMK ditambah lembur".to_owned(),
            _ => format!("gaji Rp{} - Rp{} per bulan", dotted(self.wage.0), dotted(self.wage.1)),
        });
        offers
    }

    /// Where it is and whom to write to.
    fn way(&self, rng: &mut Rng) -> String {
        let firm = self.plan.firm;
        let first = firm.contact.split(' ').next().unwrap_or_default();
        let free = rng.pick(&[
            "Gratis, tidak dipungut biaya apa pun.",
            "Proses tidak dipungut biaya.",
            "Datang langsung juga boleh, jam kerja.",
        ]);
        format!("Penempatan {}. Info: WA {} ({first}). {free}", firm.place(), firm.phone)
    }
}

/// With dots between the thousands.
fn dotted(amount: i64) -> String {
    let digits = amount.to_string();
    let mut out = String::with_capacity(digits.len() + 3);
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            out.push('.');
        }
        out.push(digit);
    }
    out
}
