//! Words for the codes behind an explanation, for staff: reasons, gaps, questions, exclusions, criteria, steps. Every
//! code has words: each `match` names all of them. Ids are told by their labels.
use crate::{
    domain::{evidence::Criterion, person::Bar},
    matching::{
        change::{Change, Outcome, Step},
        eligibility::{Exclusion, Means, Unknown},
        fit::{self, Contribution, ContributionKind, Gap},
    },
    reading::labels,
    words::quoting::quoted,
};

/// Longest quote of a line for staff, characters.
const QUOTE: usize = 80;

/// What points are given for.
pub fn kind(kind: ContributionKind) -> &'static str {
    match kind {
        ContributionKind::Occupation => "pekerjaan sebidang",
        ContributionKind::MustSkill => "keterampilan diminta",
        ContributionKind::NiceSkill => "keterampilan tambahan",
        ContributionKind::Programme => "pelatihan sesuai",
        ContributionKind::Certificate => "sertifikat",
        ContributionKind::Experience => "pengalaman",
        ContributionKind::Distance => "jarak",
        ContributionKind::Wage => "upah",
        ContributionKind::Education => "pendidikan",
        ContributionKind::SharedWords => "kata yang sama",
        ContributionKind::Beginner => "pemula diterima",
    }
}

/// Whether a neighbour would call the work the same: a near occupation, not only one of the same large group.
pub fn is_near(c: &Contribution) -> bool {
    u32::from(c.points) * 3 >= u32::from(c.max) * 2
}

/// The label of what a reason or gap is about; its id made readable where the vocabulary has none; empty for fields
/// without a subject.
pub fn subject(kind: ContributionKind, id: &str) -> String {
    let label = match kind {
        ContributionKind::Occupation | ContributionKind::Experience => labels::occupation(id),
        ContributionKind::MustSkill | ContributionKind::NiceSkill => labels::skill(id),
        ContributionKind::Programme => labels::programme(id),
        ContributionKind::Certificate => labels::certificate(id),
        ContributionKind::Distance
        | ContributionKind::Wage
        | ContributionKind::Education
        | ContributionKind::SharedWords
        | ContributionKind::Beginner => None,
    };
    label.map_or_else(|| id.replace('_', " "), str::to_owned)
}

/// One reason with its points and the lines it rests on.
pub fn reason(c: &Contribution) -> String {
    let mut line = kind(c.kind).to_owned();
    let subject = subject(c.kind, &c.subject);
    if !subject.is_empty() {
        line.push_str(&format!(" {subject}"));
    }
    match (quoted(&c.profile_quote, QUOTE), quoted(&c.job_quote, QUOTE)) {
        (Some(own), Some(asked)) => line.push_str(&format!(": {own}, diminta {asked}")),
        (Some(own), None) => line.push_str(&format!(": {own}")),
        (None, Some(asked)) => line.push_str(&format!(", diminta {asked}")),
        (None, None) => {}
    }
    format!("{line} +{}", c.points)
}

/// The same in a few words, for one line of a table.
pub fn reason_in_short(c: &Contribution) -> String {
    let quote = quoted(&c.profile_quote, QUOTE).map(|own| format!(" {own}")).unwrap_or_default();
    format!("{}{quote} +{}", kind(c.kind), c.points)
}

/// Something asked for and not shown.
pub fn gap(gap: &Gap) -> String {
    let asked = quoted(&gap.job_quote, QUOTE).map(|asked| format!(" (diminta {asked})")).unwrap_or_default();
    format!("belum terlihat: {} {}{asked}", lacking(gap.kind), subject(gap.kind, &gap.subject))
}

/// What kind of thing is lacking.
pub fn lacking(kind: ContributionKind) -> &'static str {
    match kind {
        ContributionKind::Certificate => "sertifikat",
        ContributionKind::MustSkill | ContributionKind::NiceSkill => "keterampilan",
        ContributionKind::Programme => "pelatihan",
        ContributionKind::Occupation | ContributionKind::Experience => "pengalaman",
        ContributionKind::Distance => "jarak",
        ContributionKind::Wage => "upah",
        ContributionKind::Education => "pendidikan",
        ContributionKind::SharedWords => "kata kerja",
        ContributionKind::Beginner => "kesempatan bagi pemula",
    }
}

/// A question that would decide.
pub fn unknown(unknown: Unknown) -> &'static str {
    match unknown {
        Unknown::Wage => "upah lowongan belum disebut",
        Unknown::Distance => "jarak belum diketahui",
        Unknown::Education => "pendidikan belum dicatat",
        Unknown::Shifts => "kesediaan kerja shift belum ditanyakan",
        Unknown::Certificate => "sertifikat yang disyaratkan belum ditanyakan",
        Unknown::Shuttle => "ada tidaknya antar jemput atau mes belum diketahui",
        Unknown::Dormitory => "kesediaan tinggal di mes belum ditanyakan",
        Unknown::ShiftWork => "kerja shift atau tidak belum disebut lowongan",
    }
}

/// How the employer sees to it that people can come.
pub fn means(means: Means) -> &'static str {
    match means {
        Means::Shuttle => "antar jemput tersedia",
        Means::Dormitory => "ada mes",
    }
}

/// What ad or profile do not say about the work.
pub fn unsaid(unsaid: fit::Unknown) -> &'static str {
    match unsaid {
        fit::Unknown::JobOccupation => "jabatan pada iklan belum terbaca",
        fit::Unknown::JobSkills => "iklan tidak menyebut keterampilan",
        fit::Unknown::ProfileExperience => "pengalaman diminta, profil tidak menyebutnya",
        fit::Unknown::ProfileEducation => "pendidikan diminta, profil tidak menyebutnya",
        fit::Unknown::ProfileCertificates => "sertifikat diminta, profil tidak memuat satu pun",
    }
}

/// Why a pair is out.
pub fn exclusion(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::Person(Bar::Absent) => "tidak ditemukan lagi",
        Exclusion::Person(Bar::NotSeeking) => {
            "tidak tercatat sedang mencari kerja; tanyakan bila statusnya belum jelas"
        }
        Exclusion::Person(Bar::Placed) => "sudah diterima bekerja",
        Exclusion::Person(Bar::LiveLimit) => "sudah punya tiga lamaran berjalan",
        Exclusion::Person(Bar::Objects) => "menolak pemeringkatan otomatis",
        Exclusion::Person(Bar::BelowLegalAge) => "di bawah umur minimum menurut undang-undang",
        Exclusion::Person(Bar::InClass) => {
            "masih mengikuti pelatihan yang selesai lebih dari dua minggu lagi"
        }
        Exclusion::NotYetAvailable => "baru siap setelah lowongan ditutup",
        Exclusion::TooFar => "tempat kerja lebih jauh dari yang disanggupi",
        Exclusion::BeyondReach => "tempat kerja di luar jangkauan cara bepergian yang tercatat",
        Exclusion::WageBelowFloor => "upah di bawah yang dibutuhkan",
        Exclusion::EducationBelowRequired => "pendidikan di bawah yang disyaratkan",
        Exclusion::CertificateMissing => "sertifikat yang disyaratkan belum ada",
        Exclusion::RefusesShifts => "tidak bersedia kerja shift",
        Exclusion::VacancyNotOpen => "lowongan tidak terbuka",
        Exclusion::RecentNo => "belum lama ini sudah ada jawaban tidak untuk lowongan ini",
        Exclusion::AlreadyOpen => "sudah ada lamaran untuk lowongan ini",
        Exclusion::BelowFitFloor => "pekerjaan belum cukup sesuai dengan profil",
    }
}

/// A criterion of priority.
pub fn criterion(criterion: Criterion) -> &'static str {
    match criterion {
        Criterion::Desil => "keluarga prasejahtera (desil)",
        Criterion::Disability => "penyandang disabilitas",
        Criterion::LongUnemployment => "lama menganggur",
        Criterion::LaidOff => "terkena PHK",
    }
}

/// What would be different, and what it leads to.
pub fn change(change: &Change) -> String {
    let steps: Vec<String> = change.steps.iter().map(step).collect();
    format!("{}: {}", steps.join(" dan "), outcome(change.outcome))
}

fn step(step: &Step) -> String {
    match step {
        Step::Certificate(id) => format!("dengan sertifikat {}", subject(ContributionKind::Certificate, id)),
        Step::Skill(id) => format!("dengan keterampilan {}", subject(ContributionKind::MustSkill, id)),
        Step::WageFloor(floor) => format!("bila upah {} diterima", rupiah(*floor)),
        Step::Distance(way) => format!("bila jarak {} disanggupi", kilometres(*way)),
        Step::Shifts => "bila kerja shift disanggupi".to_owned(),
        Step::Dormitory => "bila tinggal di mes disanggupi".to_owned(),
        Step::Education(rank) => {
            format!("bila pendidikan {} tercatat", labels::education(*rank).unwrap_or("yang disyaratkan"))
        }
        Step::Answer(unknown) => format!("bila {}", answered(*unknown)),
    }
}

fn answered(unknown: Unknown) -> &'static str {
    match unknown {
        Unknown::Wage => "upahnya ternyata cukup",
        Unknown::Distance => "tempat kerjanya ternyata dekat",
        Unknown::Education => "pendidikannya tercatat dan memenuhi syarat",
        Unknown::Shifts => "bersedia kerja shift",
        Unknown::Certificate => "memegang sertifikat yang disyaratkan",
        Unknown::Shuttle => "ternyata ada antar jemput atau mes",
        Unknown::Dormitory => "bersedia tinggal di mes",
        Unknown::ShiftWork => "kerjanya ternyata tidak shift",
    }
}

fn outcome(outcome: Outcome) -> String {
    match outcome {
        Outcome::First => "urutan pertama".to_owned(),
        Outcome::Proposed => "masuk usulan".to_owned(),
        Outcome::Reserve(place) => format!("tetap cadangan, nomor {place}"),
        Outcome::Eligible => "memenuhi syarat".to_owned(),
    }
}

/// A way in kilometres, from metres.
pub fn kilometres(metres: u32) -> String {
    let tenths = metres.div_ceil(100);
    if tenths.is_multiple_of(10) {
        return format!("{} km", tenths / 10);
    }
    format!("{},{} km", tenths / 10, tenths % 10)
}

/// An amount of money as it is written in Indonesia.
pub fn rupiah(amount: i64) -> String {
    let digits = amount.to_string();
    let mut written = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && (digits.len() - at).is_multiple_of(3) {
            written.push('.');
        }
        written.push(digit);
    }
    format!("Rp{written}")
}
