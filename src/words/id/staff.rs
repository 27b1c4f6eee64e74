//! The full explanation for an officer: every point with its lines, priority apart, what is missing or not known, why a
//! runner-up lost, by which rule. Nobody else is named in it.
use crate::{
    domain::run::Kind,
    matching::explanation::{ExplainedPair, Explanation, Standing},
    words::id::reasons,
};

/// The lines of the explanation.
pub fn explanation(told: &ExplainedPair) -> Vec<String> {
    let e = &told.explanation;
    let mut lines = vec![
        format!("{}: kecocokan {} dari 1000, prioritas {} dari 300", told.title, e.fit, e.priority),
        source(told),
    ];
    lines.push(format!("Alasan (jumlah {}):", e.fit));
    lines.extend(e.reasons.iter().map(|reason| format!("  + {}", reasons::reason(reason))));
    lines.extend(priority(e));
    lines.extend(e.gaps.iter().map(|gap| format!("  - {}", reasons::gap(gap))));
    lines.extend(e.unknown.iter().map(|unknown| format!("  ? {}", reasons::unknown(*unknown))));
    lines.extend(e.unsaid.iter().map(|unsaid| format!("  ? {}", reasons::unsaid(*unsaid))));
    lines.extend(e.exclusions.iter().map(|out| format!("  x {}", reasons::exclusion(*out))));
    lines.extend(way(e));
    lines.extend(lost(e).map(|why| format!("Mengapa cadangan: {why}.")));
    if !e.would_change.is_empty() {
        lines.push("Yang akan mengubahnya:".to_owned());
        lines.extend(e.would_change.iter().map(|change| format!("  > {}", reasons::change(change))));
    }
    lines
}

/// The way to work and how the employer helps with it.
fn way(e: &Explanation) -> Option<String> {
    let means: Vec<&str> = e.way_there.iter().map(|means| reasons::means(*means)).collect();
    match (e.distance_m.map(reasons::kilometres), means.as_slice()) {
        (Some(way), []) => Some(format!("Jarak rumah ke tempat kerja: {way}")),
        (Some(way), means) => Some(format!("Jarak rumah ke tempat kerja: {way}; {}", means.join("; "))),
        (None, []) => None,
        (None, means) => Some(format!("Ke tempat kerja: {}", means.join("; "))),
    }
}

fn source(told: &ExplainedPair) -> String {
    let rule = format!("kebijakan \"{}\" revisi {}", told.policy, told.revision);
    match &told.run {
        None => {
            format!("Dinilai sekarang menurut {rule}; belum ada proses pemadanan yang menilai pasangan ini")
        }
        Some(judged) => {
            let kind = match judged.kind {
                Kind::Proposal => "usulan",
                Kind::Reserve => "cadangan",
            };
            format!(
                "Proses {} per {}, {rule}: {kind} nomor {}",
                judged.run,
                judged.as_of.format("%d-%m-%Y"),
                judged.place
            )
        }
    }
}

/// The criteria behind the priority; their sum is cut at the policy's limit.
fn priority(e: &Explanation) -> Vec<String> {
    if e.priority_reasons.is_empty() {
        return Vec::new();
    }
    let sum: u32 = e.priority_reasons.iter().map(|reason| u32::from(reason.points)).sum();
    let cut = if sum > u32::from(e.priority) { format!(", dibatasi dari {sum}") } else { String::new() };
    let head = format!("Prioritas (jumlah {}{cut}, di luar kecocokan):", e.priority);
    let criteria = e
        .priority_reasons
        .iter()
        .map(|reason| format!("  prioritas: {} +{}", reasons::criterion(reason.criterion), reason.points));
    std::iter::once(head).chain(criteria).collect()
}

/// Why somebody stands in the reserve; `None` for everybody else. An explanation of an earlier version knows only what
/// the last one proposed is worth.
fn lost(e: &Explanation) -> Option<String> {
    let worth = e
        .last_proposed
        .map(|last| format!("yang terakhir diusulkan: kecocokan {}, prioritas {}", last.fit, last.priority));
    let Some(standing) = e.standing else {
        return worth.map(|worth| format!("semua tempat rujukan terisi; {worth}"));
    };
    (standing.kind == Kind::Reserve).then(|| lost_at(&standing, worth.as_deref()))
}

fn lost_at(standing: &Standing, worth: Option<&str>) -> String {
    let mut why = format!("{} orang diusulkan lebih dahulu", standing.ahead_proposed);
    if standing.ahead_reserve > 0 {
        why.push_str(&format!(" dan {} cadangan berdiri di depannya", standing.ahead_reserve));
    }
    if let Some(worth) = worth {
        why.push_str(&format!("; {worth}"));
    }
    match standing.short_by {
        0 if standing.kept_for_group => {}
        0 => why.push_str("; nilainya sama, urutan ditentukan lama menunggu lalu undian"),
        points => why.push_str(&format!("; selisih {points} poin")),
    }
    if standing.kept_for_group {
        why.push_str("; sebagian tempat disediakan kebijakan bagi kelompok tertentu");
    }
    why
}

/// Why somebody stands in the reserve instead of among the proposals, in one sentence.
pub fn runner_up(e: &Explanation) -> String {
    let mut sentence = format!("Kecocokan {} dan prioritas {} sudah layak, tetapi ", e.fit, e.priority);
    sentence.push_str(&lost(e).unwrap_or_else(|| "tidak ada tempat rujukan yang tersisa".to_owned()));
    let change = e.would_change.first().map(reasons::change);
    let gap = e.gaps.first().map(reasons::gap);
    let unknown = e.unknown.first().map(|unknown| reasons::unknown(*unknown).to_owned());
    for more in change.or(gap).into_iter().chain(unknown) {
        sentence.push_str("; ");
        sentence.push_str(&more);
    }
    sentence.push('.');
    sentence
}
