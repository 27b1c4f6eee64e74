//! The short explanation for the person themself: at most six lines, warm, second person. No points, no welfare data,
//! nothing about anybody else. Reasons quote the ad and the person's own profile.
use chrono::NaiveDate;

use crate::{
    domain::{application::State, contact::Invitation, person::Bar, run::Kind},
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
            reasons::{self, is_near, kilometres, lacking, rupiah, subject},
        },
        quoting::{fitting, quote, quoted, shorten},
    },
};

/// Longest line, characters.
pub const WIDTH: usize = 160;
/// Up to this way the work is close, metres.
const CLOSE_M: u32 = 7_000;
/// Longest quote inside a line, characters.
const QUOTE: usize = 36;
/// Longest label inside a line, characters.
const LABEL: usize = 48;

/// At most six lines: what is offered, how it stands or how it ended, what to do next.
pub fn explanation(told: &ExplainedPair) -> Vec<String> {
    let e = &told.explanation;
    let parts = match told.state.and_then(ended) {
        // How well it fitted is no comfort after a no.
        Some(answer) => vec![offer(told), Some(answer.to_owned()), Some(next(told))],
        None => {
            vec![offer(told), Some(reasons(told)), against(e), question(e), change(told), Some(next(told))]
        }
    };
    parts.into_iter().flatten().map(|line| shorten(&line, WIDTH)).collect()
}

/// The job, whose it is, where, for which pay, at which hours.
fn offer(told: &ExplainedPair) -> Option<String> {
    let offer = &told.offer;
    let title = quote(&told.title, LABEL)?;
    let whose = offer.employer.as_ref().and_then(|name| quote(name, LABEL));
    let job = whose.map_or_else(|| title.clone(), |name| format!("{title} di {name}"));
    let pay = match (offer.wage_min, offer.wage_max) {
        (Some(low), Some(high)) if low < high => {
            Some(format!("upah {} sampai {}", rupiah(low), rupiah(high)))
        }
        (Some(one), _) | (None, Some(one)) => Some(format!("upah {}", rupiah(one))),
        (None, None) => None,
    };
    let pay = pay.map(|pay| format!("{pay} sebulan"));
    let short = |text: &String| quote(text, LABEL);
    let mut last: Vec<String> = offer.hours.as_ref().and_then(short).into_iter().collect();
    let is_close = told.explanation.distance_m.is_some_and(|way| way <= CLOSE_M);
    // What does not fit is left out from the end: on a long way it matters more how one gets there.
    let at = if is_close { last.len() } else { 0 };
    let means = told.explanation.way_there.iter().map(|means| reasons::means(*means).to_owned());
    last.splice(at..at, means);
    let more = [offer.place.as_ref().and_then(short), pay];
    let more: Vec<String> = more.into_iter().flatten().chain(last).collect();
    if more.is_empty() {
        return None;
    }
    let parts: Vec<String> = std::iter::once(job).chain(more).collect();
    fitting("", &parts, ".", WIDTH)
}

/// How an application ended, said to the person; `None` while it goes on.
pub fn ended(state: State) -> Option<&'static str> {
    match state {
        State::Declined => {
            Some("Anda sudah menjawab tidak untuk lowongan ini; itu tidak mengurangi peluang Anda.")
        }
        State::Refused => Some("Pemberi kerja sudah menjawab: kali ini Anda belum diterima."),
        State::Dismissed => Some("Petugas tidak meneruskan usulan ini; Anda boleh menanyakan alasannya."),
        State::Withdrawn => Some("Lamaran ini sudah ditarik atas permintaan Anda."),
        State::Lapsed => Some("Lamaran ini gugur karena belum dijawab sampai batas waktunya."),
        State::Closed => Some("Lowongan ini sudah terisi atau ditutup."),
        State::Retired => Some("Usulan ini sudah diganti usulan yang lebih baru."),
        State::Superseded => Some("Lamaran ini berhenti karena Anda sudah bekerja di tempat lain."),
        State::NoShow => Some("Tercatat Anda tidak datang pada hari pertama; bila keliru, hubungi petugas."),
        State::Ended => Some("Pekerjaan ini tercatat sudah selesai."),
        State::Proposed
        | State::Consented
        | State::Confirmed
        | State::Queued
        | State::Referred
        | State::Interview
        | State::Offered
        | State::Hired
        | State::Started => None,
    }
}

/// Whether something that is asked for speaks for the person, not only its neighbourhood.
fn is_asked(c: &Contribution) -> bool {
    match c.kind {
        ContributionKind::MustSkill | ContributionKind::Programme | ContributionKind::Certificate => true,
        ContributionKind::Occupation | ContributionKind::Experience => is_near(c),
        ContributionKind::NiceSkill
        | ContributionKind::Distance
        | ContributionKind::Wage
        | ContributionKind::Education
        | ContributionKind::SharedWords
        | ContributionKind::Beginner => false,
    }
}

/// The strongest reasons, each line of the profile quoted once.
fn reason_parts(told: &ExplainedPair) -> Vec<String> {
    let mut told_lines: Vec<&str> = Vec::new();
    let mut parts = Vec::new();
    for one in &told.explanation.reasons {
        let line = one.profile_quote.as_str();
        if line.is_empty() || !told_lines.contains(&line) {
            told_lines.push(line);
            parts.push(reason(one, told));
        }
    }
    parts
}

/// Why a vacancy suits, in a line, where its title stands beside.
pub fn why(told: &ExplainedPair) -> Option<String> {
    fitting("Sesuai: ", &reason_parts(told), ".", WIDTH)
}

/// The one question that would decide, where its title stands beside.
pub fn asks(told: &ExplainedPair) -> Option<String> {
    question(&told.explanation)
}

fn reasons(told: &ExplainedPair) -> String {
    let e = &told.explanation;
    let title = quote(&told.title, LABEL).unwrap_or_else(|| "lowongan ini".to_owned());
    let parts = reason_parts(told);
    let head = match (e.exclusions.is_empty(), e.reasons.iter().any(is_asked)) {
        (false, _) => "Yang sudah sesuai dengan",
        (true, true) => "Anda cocok untuk",
        (true, false) => "Yang sejalan dengan",
    };
    fitting(&format!("{head} {title}: "), &parts, ".", WIDTH)
        .unwrap_or_else(|| format!("Kami belum menemukan bagian profil Anda yang sesuai dengan {title}."))
}

fn reason(c: &Contribution, told: &ExplainedPair) -> String {
    let (title, way) = (&told.title, told.explanation.distance_m);
    let own = quoted(&c.profile_quote, QUOTE).map(|own| format!(" {own}")).unwrap_or_default();
    let asked = quoted(&c.job_quote, QUOTE).filter(|_| c.job_quote.trim() != title.trim());
    let asked = asked.map(|asked| format!(" (diminta: {asked})")).unwrap_or_default();
    let label = || shorten(&subject(c.kind, &c.subject), LABEL);
    match c.kind {
        ContributionKind::Occupation if is_near(c) => format!("bekal Anda{own} sebidang{asked}"),
        ContributionKind::Occupation => format!("bekal Anda{own} masih berdekatan{asked}"),
        ContributionKind::Programme => format!("pelatihan Anda{own} sesuai{asked}"),
        ContributionKind::MustSkill => format!("Anda punya keterampilan {}{asked}", label()),
        ContributionKind::NiceSkill => format!("keterampilan Anda {} jadi nilai tambah", label()),
        ContributionKind::Certificate => format!("Anda punya sertifikat {}{asked}", label()),
        ContributionKind::Experience => format!("pengalaman Anda{own} diperhitungkan{asked}"),
        ContributionKind::Beginner => "pemula diterima dan dilatih di tempat kerja".to_owned(),
        ContributionKind::SharedWords => format!("pekerjaan yang sama disebut di profil Anda:{own}{asked}"),
        ContributionKind::Distance => match way {
            Some(way) if way <= CLOSE_M => format!("tempat kerjanya dekat, sekitar {}", kilometres(way)),
            Some(way) => {
                let means = told.explanation.way_there.first();
                let hint = means.map_or("perhitungkan ongkosnya", |means| reasons::means(*means));
                format!("jaraknya sekitar {} dari rumah, {hint}", kilometres(way))
            }
            None => "tempat kerjanya dekat".to_owned(),
        },
        ContributionKind::Wage if reaches_at_least(c, told) => {
            "upahnya cukup menurut kebutuhan Anda".to_owned()
        }
        ContributionKind::Wage => "batas atas upahnya mencapai kebutuhan Anda".to_owned(),
        ContributionKind::Education => "pendidikan Anda memenuhi syarat".to_owned(),
    }
}

/// Whether the lowest wage is enough too: points are given by the highest, all of them from a fifth above the need.
fn reaches_at_least(c: &Contribution, told: &ExplainedPair) -> bool {
    match (told.offer.wage_min, told.offer.wage_max) {
        (Some(low), Some(high)) => {
            low == high || c.points == c.max && low.saturating_mul(6) >= high.saturating_mul(5)
        }
        _ => false,
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
        Exclusion::Person(Bar::Absent) => "data Anda tidak ditemukan lagi",
        Exclusion::Person(Bar::NotSeeking) => "Anda belum tercatat sedang mencari kerja",
        Exclusion::Person(Bar::Placed) => "Anda tercatat sudah diterima bekerja",
        Exclusion::Person(Bar::LiveLimit) => "Anda sudah punya tiga lamaran yang berjalan",
        Exclusion::Person(Bar::Objects) => {
            "Anda meminta tidak dinilai secara otomatis; petugas dapat membantu langsung"
        }
        Exclusion::Person(Bar::BelowLegalAge) => "undang-undang menetapkan umur minimum untuk pekerjaan ini",
        Exclusion::Person(Bar::InClass) => {
            "Anda masih mengikuti pelatihan; usulan datang mulai dua minggu sebelum selesai"
        }
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
        Unknown::Shuttle => "adakah antar jemput atau mes? Petugas menanyakannya kepada pemberi kerja.",
        Unknown::Dormitory => "apakah Anda bersedia tinggal di mes?",
        Unknown::ShiftWork => "apakah kerjanya bergilir (shift)? Petugas menanyakannya kepada pemberi kerja.",
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
        Step::Answer(Unknown::Shuttle) => "ternyata ada antar jemput atau mes".to_owned(),
        Step::Answer(Unknown::Dormitory) | Step::Dormitory => "Anda bersedia tinggal di mes".to_owned(),
        Step::Answer(Unknown::ShiftWork) => "kerjanya ternyata tidak bergilir".to_owned(),
    }
}

/// What happens next.
fn next(told: &ExplainedPair) -> String {
    let next = match (told.state, told.run.map(|judged| judged.kind)) {
        (Some(state), _) => return after(state, told.deadline, told.interview.as_ref()),
        (None, Some(Kind::Proposal)) => "petugas memeriksa usulan ini, lalu menghubungi Anda",
        (None, Some(Kind::Reserve)) => "bila ada tempat, petugas menghubungi Anda",
        (None, None) => "lengkapi profil atau tanyakan kepada petugas",
    };
    format!("Selanjutnya: {next}. Layanan ini gratis.")
}

/// What happens next with an application.
pub fn after(state: State, deadline: Option<NaiveDate>, interview: Option<&Invitation>) -> String {
    let by = deadline.map(|day| format!(" paling lambat {}", dates::long(day))).unwrap_or_default();
    let next = match state {
        State::Proposed => format!("petugas memeriksa usulan ini{by}, lalu menghubungi Anda"),
        State::Consented => format!("petugas memutuskan{by}"),
        State::Confirmed => format!("jawab ya atau tidak{by}; menolak tidak mengurangi peluang Anda nanti"),
        State::Queued => "Anda dirujuk begitu ada tempat".to_owned(),
        State::Interview => match interview {
            Some(invited) => come(invited),
            None => format!("wawancara; tanyakan hari dan tempatnya. Pemberi kerja menjawab{by}"),
        },
        State::Referred => format!("pemberi kerja memberi jawaban{by}"),
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
        | State::NoShow => "lowongan lain tetap kami carikan; lengkapi profil agar lebih mudah".to_owned(),
    };
    format!("Selanjutnya: {next}. Layanan ini gratis.")
}

/// When and where to come, and with what.
fn come(invited: &Invitation) -> String {
    let place = shorten(&invited.place, LABEL);
    let bring =
        invited.bring.as_ref().map(|what| format!(", bawa {}", shorten(what, QUOTE))).unwrap_or_default();
    let hour = invited.hour.replace(':', ".");
    format!("datang wawancara {} pukul {hour} di {place}{bring}", dates::with_weekday(invited.on))
}
