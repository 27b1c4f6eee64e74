//! What an employer is told: how many people suit a vacancy, in counts that point at nobody, and why somebody was
//! referred, once they are. Nothing about priority, limits, addresses or anybody who was not referred.
use crate::{
    domain::disclosure::{Band, Count},
    matching::{
        explanation::ExplainedPair,
        fit::{Contribution, ContributionKind},
        summary::{BANDS_M, Lack, MatchSummary},
    },
    words::{
        id::reasons::{is_near, subject},
        quoting::{quote, quoted, shorten},
    },
};

/// Most reasons, certificates or lacks named in one list.
const MOST: usize = 5;
/// Longest quote, characters.
const QUOTE: usize = 60;
/// Longest label, characters.
const LABEL: usize = 60;

/// A count in words.
pub fn people(count: Count) -> String {
    match count {
        Count::Exact(count) => format!("{count} orang"),
        Count::Banded(Band::UnderFive) => "kurang dari 5 orang".to_owned(),
        Count::Banded(band) => match band.most() {
            Some(most) => format!("{} sampai {most} orang", band.least()),
            None => format!("{} orang atau lebih", band.least()),
        },
    }
}

/// The numbers of a vacancy in sentences.
pub fn summary(summary: &MatchSummary<Count>) -> Vec<String> {
    let title = quote(&summary.title, LABEL).unwrap_or_default();
    let suitable = people(summary.suitable);
    let suitable = match (summary.or_more, summary.suitable) {
        (false, _) => suitable,
        (true, Count::Exact(_)) => format!("sedikitnya {suitable}"),
        (true, Count::Banded(_)) => format!("{suitable}, mungkin lebih"),
    };
    let mut lines = vec![format!("Warga yang sesuai untuk {title}: {suitable}.")];
    if summary.suitable.least() > 0 {
        let bands: Vec<String> = BANDS_M
            .iter()
            .zip(summary.within)
            .map(|(most, number)| format!("{} dalam {} km", people(number), most / 1000))
            .collect();
        lines.push(format!("Jarak dari tempat kerja: {}.", bands.join(", ")));
        if !summary.certificates.is_empty() {
            let held: Vec<String> = summary
                .certificates
                .iter()
                .take(MOST)
                .map(|(id, number)| format!("{}: {}", certificate(id), people(*number)))
                .collect();
            lines.push(format!("Punya sertifikat yang diminta: {}.", held.join("; ")));
        }
        lines.push(format!("Berpengalaman di bidang ini: {}.", people(summary.experienced)));
    }
    lines.push(format!("Hampir sesuai: {}.", people(summary.near_misses)));
    let lacking: Vec<String> = summary
        .lacking
        .iter()
        .take(MOST)
        .map(|(what, number)| format!("{} ({})", lack(what), people(*number)))
        .collect();
    if !lacking.is_empty() {
        lines.push(format!("Yang paling sering kurang: {}.", lacking.join("; ")));
    }
    lines
}

/// What near misses lack.
pub fn lack(lack: &Lack) -> String {
    match lack {
        Lack::Certificate(id) => format!("sertifikat {}", certificate(id)),
        Lack::Skill(id) => {
            format!("keterampilan {}", shorten(&subject(ContributionKind::MustSkill, id), LABEL))
        }
        Lack::Wage => "upah di bawah kebutuhan mereka".to_owned(),
        Lack::Distance => "tempat kerja terlalu jauh bagi mereka".to_owned(),
        Lack::Education => "pendidikan yang disyaratkan".to_owned(),
    }
}

/// A certificate by its label.
pub fn certificate(id: &str) -> String {
    shorten(&subject(ContributionKind::Certificate, id), LABEL)
}

/// Why somebody was referred, for the employer who got the referral.
pub fn explanation(told: &ExplainedPair) -> Vec<String> {
    let title = quote(&told.title, LABEL).unwrap_or_default();
    let reasons: Vec<String> = told
        .explanation
        .reasons
        .iter()
        .filter_map(reason)
        .take(MOST)
        .map(|line| format!("+ {line}"))
        .collect();
    if reasons.is_empty() {
        return vec![format!(
            "Dirujuk untuk {title} atas pilihan petugas; tanyakan bekalnya saat wawancara."
        )];
    }
    std::iter::once(format!("Dirujuk untuk {title} karena:")).chain(reasons).collect()
}

/// A reason an employer may read: about the work, never about the person's limits.
fn reason(c: &Contribution) -> Option<String> {
    let what = match c.kind {
        ContributionKind::Occupation if is_near(c) => "bekal sebidang",
        ContributionKind::Occupation => "bekal yang berdekatan",
        ContributionKind::Programme => "pelatihan",
        ContributionKind::MustSkill => "keterampilan yang diminta",
        ContributionKind::NiceSkill => "keterampilan tambahan",
        ContributionKind::Certificate => "sertifikat",
        ContributionKind::Experience => "pengalaman",
        ContributionKind::Education => "pendidikan memenuhi syarat",
        ContributionKind::Beginner => "pemula yang siap dilatih",
        ContributionKind::SharedWords => "disebut juga di profil",
        ContributionKind::Distance | ContributionKind::Wage => return None,
    };
    let subject = shorten(&subject(c.kind, &c.subject), LABEL);
    let subject = if subject.is_empty() { subject } else { format!(" {subject}") };
    let own = quoted(&c.profile_quote, QUOTE).map(|own| format!(": {own}")).unwrap_or_default();
    Some(format!("{what}{subject}{own}"))
}
