//! The short explanation for the person themself: at most five lines, warm, second person. No points, no welfare data,
//! nothing about anybody else. Reasons quote the ad and the person's own profile.
use chrono::NaiveDate;

use crate::{
    domain::{application::State, run::Kind},
    matching::{
        change::{Change, Outcome, Step},
        eligibility::{Exclusion, Unknown},
        explanation::{ExplainedPair, Explanation},
        fit::{self, Contribution, ContributionKind},
    },
    reading::labels,
    words::{
        id::{
            dates,
            reasons::{kilometres, lacking, rupiah, subject},
        },
        quoting::{fitting, quote, quoted, shorten},
    },
};

/// Longest line, characters.
pub const WIDTH: usize = 160;
/// Longest quote inside a line, characters.
const QUOTE: usize = 36;
/// Longest label inside a line, characters.
const LABEL: usize = 48;

/// At most five lines.
pub fn explanation(told: &ExplainedPair) -> Vec<String> {
    let e = &told.explanation;
    let parts = [Some(reasons(told)), against(e), question(e), change(told), Some(next(told))];
    parts.into_iter().flatten().map(|line| shorten(&line, WIDTH)).collect()
}

/// The strongest reasons, each line of the profile quoted once.
fn reasons(told: &ExplainedPair) -> String {
    let e = &told.explanation;
    let title = quote(&told.title, LABEL).unwrap_or_else(|| "lowongan ini".to_owned());
    let mut told_lines: Vec<&str> = Vec::new();
    let mut parts = Vec::new();
    for one in &e.reasons {
        let line = one.profile_quote.as_str();
        if line.is_empty() || !told_lines.contains(&line) {
            told_lines.push(line);
            parts.push(reason(one, &told.title, e.distance_m));
        }
    }
    let head = if e.exclusions.is_empty() { "Anda cocok untuk" } else { "Yang sudah sesuai dengan" };
    fitting(&format!("{head} {title}: "), &parts, ".", WIDTH)
        .unwrap_or_else(|| format!("Kami belum menemukan bagian profil Anda yang sesuai dengan {title}."))
}

fn reason(c: &Contribution, title: &str, way: Option<u32>) -> String {
    let own = quoted(&c.profile_quote, QUOTE).map(|own| format!(" {own}")).unwrap_or_default();
    let asked = quoted(&c.job_quote, QUOTE).filter(|_| c.job_quote.trim() != title.trim());
    let asked = asked.map(|asked| format!(" (diminta: {asked})")).unwrap_or_default();
    let label = || shorten(&subject(c.kind, &c.subject), LABEL);
    match c.kind {
        ContributionKind::Occupation => format!("bekal Anda{own} sebidang{asked}"),
        ContributionKind::Programme => format!("pelatihan Anda{own} sesuai{asked}"),
        ContributionKind::MustSkill => format!("Anda punya keterampilan {}{asked}", label()),
        ContributionKind::NiceSkill => format!("keterampilan Anda {} jadi nilai tambah", label()),
        ContributionKind::Certificate => format!("Anda punya sertifikat {}{asked}", label()),
        ContributionKind::Experience => format!("pengalaman Anda{own} diperhitungkan{asked}"),
        ContributionKind::Beginner => "pemula diterima dan dilatih di tempat kerja".to_owned(),
        ContributionKind::SharedWords => format!("pekerjaan yang sama disebut di profil Anda:{own}{asked}"),
        ContributionKind::Distance => match way {
            Some(way) => format!("tempat kerjanya sekitar {} dari rumah", kilometres(way)),
            None => "tempat kerjanya dekat".to_owned(),
        },
        ContributionKind::Wage => "upahnya cukup menurut kebutuhan Anda".to_owned(),
        ContributionKind::Education => "pendidikan Anda memenuhi syarat".to_owned(),
    }
}

fn against(e: &Explanation) -> Option<String> {
    if !e.exclusions.is_empty() {
        let parts: Vec<String> = e.exclusions.iter().map(|out| exclusion(*out).to_owned()).collect();
        return fitting("Yang masih menghalangi: ", &parts, ".", WIDTH);
    }
    let parts: Vec<String> = e
        .gaps
        .iter()
        .map(|gap| {
            let asked =
                quoted(&gap.job_quote, QUOTE).map(|asked| format!(" (diminta: {asked})")).unwrap_or_default();
            format!("{} {}{asked}", lacking(gap.kind), shorten(&subject(gap.kind, &gap.subject), LABEL))
        })
        .collect();
    fitting("Belum terlihat di profil Anda: ", &parts, ".", WIDTH)
}

/// Why the pair is out, said to the person.
pub fn exclusion(exclusion: Exclusion) -> &'static str {
    match exclusion {
        Exclusion::NotSeeking => "Anda belum tercatat sedang mencari kerja",
        Exclusion::Placed => "Anda tercatat sudah diterima bekerja",
        Exclusion::ThreeLiveApplications => "Anda sudah punya tiga lamaran yang berjalan",
        Exclusion::ObjectsToRanking => {
            "Anda meminta tidak dinilai secara otomatis; petugas dapat membantu langsung"
        }
        Exclusion::BelowLegalAge => "undang-undang menetapkan umur minimum untuk pekerjaan ini",
        Exclusion::NotYetAvailable => "lowongan ditutup sebelum tanggal Anda siap bekerja",
        Exclusion::TooFar => "tempat kerjanya lebih jauh dari batas jarak Anda",
        Exclusion::BeyondReach => "tempat kerjanya terlalu jauh untuk cara bepergian yang Anda sebut",
        Exclusion::WageBelowFloor => "upahnya di bawah kebutuhan yang Anda sebut",
        Exclusion::EducationBelowRequired => "pendidikan yang tercatat belum memenuhi syarat",
        Exclusion::CertificateMissing => "sertifikat yang disyaratkan belum ada di profil Anda",
        Exclusion::RefusesShifts => "pekerjaannya bergilir (shift), dan Anda menyebut tidak bersedia shift",
        Exclusion::VacancyNotOpen => "lowongannya sudah tidak terbuka",
        Exclusion::RecentNo => "belum lama ini lowongan ini sudah dijawab tidak",
        Exclusion::AlreadyOpen => "Anda sudah punya lamaran untuk lowongan ini",
        Exclusion::BelowFitFloor => "isi profil Anda belum cukup sesuai dengan pekerjaannya",
    }
}

/// The one question that would decide: one whose answer would lift the pair before any other.
fn question(e: &Explanation) -> Option<String> {
    let lifting = e.would_change.iter().flat_map(|change| &change.steps).find_map(|step| match step {
        Step::Answer(asked) => Some(*asked),
        _ => None,
    });
    let asked = lifting.or_else(|| e.unknown.first().copied()).map(unknown);
    let asked = asked.or_else(|| e.unsaid.iter().find_map(|asked| unsaid(*asked)))?;
    Some(format!("Satu hal yang perlu dipastikan: {asked}"))
}

/// A question of the rules, said to the person.
pub fn unknown(unknown: Unknown) -> &'static str {
    match unknown {
        Unknown::Wage => "berapa upahnya? Petugas menanyakannya kepada pemberi kerja.",
        Unknown::Distance => "seberapa jauh tempat kerjanya dari rumah Anda?",
        Unknown::Education => "apa pendidikan terakhir Anda? Lengkapi di profil.",
        Unknown::Shifts => "apakah Anda bersedia kerja shift?",
        Unknown::Certificate => "apakah Anda punya sertifikat yang disyaratkan? Tunjukkan kepada petugas.",
    }
}

/// A question about the work, said to the person; `None` where only the employer can answer and nothing hangs on it.
pub fn unsaid(unsaid: fit::Unknown) -> Option<&'static str> {
    match unsaid {
        fit::Unknown::JobOccupation | fit::Unknown::JobSkills => None,
        fit::Unknown::ProfileExperience => Some("pernahkah Anda bekerja di bidang ini, dan berapa lama?"),
        fit::Unknown::ProfileEducation => Some("apa pendidikan terakhir Anda? Lengkapi di profil."),
        fit::Unknown::ProfileCertificates => Some("apakah Anda punya sertifikat yang diminta?"),
    }
}

/// What would change it, with the own place in the reserve.
fn change(told: &ExplainedPair) -> Option<String> {
    let change = told.explanation.would_change.first().map(would);
    match told.run.filter(|judged| judged.kind == Kind::Reserve) {
        None => change,
        Some(judged) => {
            let place = format!("Anda nomor {} di daftar cadangan.", judged.place);
            Some(change.map_or_else(|| place.clone(), |change| format!("{place} {change}")))
        }
    }
}

fn would(change: &Change) -> String {
    let steps: Vec<String> = change.steps.iter().map(step).collect();
    let outcome = match change.outcome {
        Outcome::First => "peluang Anda paling besar",
        Outcome::Proposed => "Anda bisa masuk usulan",
        Outcome::Reserve(_) => "Anda naik di daftar cadangan",
        Outcome::Eligible => "Anda memenuhi syarat",
    };
    format!("Bila {}, {outcome}.", steps.join(" dan "))
}

/// Something the person or the office could change, said to the person.
pub fn step(step: &Step) -> String {
    let label = |kind, id: &str| shorten(&subject(kind, id), LABEL);
    match step {
        Step::Certificate(id) => {
            format!("Anda punya sertifikat {}", label(ContributionKind::Certificate, id))
        }
        Step::Skill(id) => format!("Anda punya keterampilan {}", label(ContributionKind::MustSkill, id)),
        Step::WageFloor(floor) => format!("upah {} cukup bagi Anda", rupiah(*floor)),
        Step::Distance(way) => format!("jarak {} Anda sanggupi", kilometres(*way)),
        Step::Education(rank) => {
            format!("pendidikan {} Anda catatkan", labels::education(*rank).unwrap_or("yang disyaratkan"))
        }
        Step::Answer(Unknown::Wage) => "upahnya ternyata cukup".to_owned(),
        Step::Answer(Unknown::Distance) => "tempat kerjanya ternyata dekat".to_owned(),
        Step::Answer(Unknown::Education) => "pendidikan Anda tercatat dan memenuhi syarat".to_owned(),
        Step::Answer(Unknown::Shifts) | Step::Shifts => "Anda bersedia kerja shift".to_owned(),
        Step::Answer(Unknown::Certificate) => "Anda menunjukkan sertifikat yang disyaratkan".to_owned(),
    }
}

/// What happens next.
fn next(told: &ExplainedPair) -> String {
    let next = match (told.state, told.run.map(|judged| judged.kind)) {
        (Some(state), _) => return after(state, told.deadline),
        (None, Some(Kind::Proposal)) => "petugas memeriksa usulan ini, lalu menghubungi Anda",
        (None, Some(Kind::Reserve)) => "bila ada tempat, petugas menghubungi Anda",
        (None, None) => "lengkapi profil atau tanyakan kepada petugas",
    };
    format!("Selanjutnya: {next}. Layanan ini gratis.")
}

/// What happens next with an application.
pub fn after(state: State, deadline: Option<NaiveDate>) -> String {
    let by = deadline.map(|day| format!(" paling lambat {}", dates::long(day))).unwrap_or_default();
    let next = match state {
        State::Proposed => format!("petugas memeriksa usulan ini{by}, lalu menghubungi Anda"),
        State::Consented => format!("petugas memutuskan{by}"),
        State::Confirmed => format!("jawab ya atau tidak{by}; menolak tidak mengurangi peluang Anda nanti"),
        State::Queued => "Anda dirujuk begitu ada tempat".to_owned(),
        State::Referred | State::Interview => format!("pemberi kerja memberi jawaban{by}"),
        State::Offered => format!("bicarakan tawaran kerjanya dan mulai kerja{by}"),
        State::Hired => "datanglah pada hari pertama kerja".to_owned(),
        State::Started => "petugas menanyakan kabar Anda setelah beberapa waktu".to_owned(),
        State::Ended
        | State::Dismissed
        | State::Declined
        | State::Refused
        | State::Withdrawn
        | State::Lapsed
        | State::Closed
        | State::Retired
        | State::Superseded
        | State::NoShow => "lamaran ini sudah selesai; lowongan lain tetap kami carikan".to_owned(),
    };
    format!("Selanjutnya: {next}. Layanan ini gratis.")
}
