//! Priority: a second number beside fit, 0..300, from evidenced, dated, expiring criteria. Never part of fit.
use serde::{Deserialize, Serialize};

use crate::{
    domain::evidence::{self, Criterion},
    matching::policy::PriorityPoints,
};

/// Evidence that counts on the day of the run; expired evidence is left out before.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Evidence {
    /// Decile of family welfare, 1 = poorest; unknown is its own value and is not rich.
    pub desil: Option<u8>,
    /// A disability is evidenced.
    pub disability: bool,
    /// Long unemployment is evidenced.
    pub long_unemployment: bool,
    /// A lay-off is evidenced.
    pub laid_off: bool,
}

impl Evidence {
    /// Whether the person counts as poor.
    pub fn is_poor(&self) -> bool {
        evidence::is_poor(self.desil)
    }
}

/// One criterion that counted, with its points.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, utoipa::ToSchema)]
pub struct PriorityReason {
    /// What is evidenced.
    pub criterion: Criterion,
    /// Points before the cap.
    pub points: u16,
}

/// Points 0..cap and the criteria behind them.
pub fn priority(evidence: &Evidence, points: &PriorityPoints) -> (u16, Vec<PriorityReason>) {
    let desil = evidence
        .desil
        .and_then(|desil| points.desil.get(usize::from(desil).wrapping_sub(1)))
        .copied()
        .unwrap_or(0);
    let when = |holds: bool, value: u16| if holds { value } else { 0 };
    let reasons: Vec<PriorityReason> = [
        (Criterion::Desil, desil),
        (Criterion::Disability, when(evidence.disability, points.disability)),
        (Criterion::LongUnemployment, when(evidence.long_unemployment, points.long_unemployment)),
        (Criterion::LaidOff, when(evidence.laid_off, points.laid_off)),
    ]
    .into_iter()
    .filter(|(_, points)| *points > 0)
    .map(|(criterion, points)| PriorityReason { criterion, points })
    .collect();
    let sum = reasons.iter().fold(0_u16, |sum, reason| sum.saturating_add(reason.points));
    (sum.min(points.cap), reasons)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_sum_is_capped_and_unknown_gives_none() {
        let points = PriorityPoints::default();
        let all = Evidence { desil: Some(1), disability: true, long_unemployment: true, laid_off: true };
        assert_eq!(priority(&all, &points).0, 300);
        assert_eq!(priority(&Evidence::default(), &points), (0, vec![]));
        assert_eq!(priority(&Evidence { desil: Some(0), ..Evidence::default() }, &points).0, 0);
        assert_eq!(priority(&Evidence { desil: Some(11), ..Evidence::default() }, &points).0, 0);
    }

    #[test]
    fn the_target_band_is_known_desil_one_to_four() {
        for (desil, poor) in [(None, false), (Some(1), true), (Some(4), true), (Some(5), false)] {
            assert_eq!(Evidence { desil, ..Evidence::default() }.is_poor(), poor);
        }
    }
}
