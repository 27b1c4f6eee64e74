//! The matching policy: the open rule by which places are proposed. Stored as JSON, one row a revision, printed in
//! every run. Unknown fields are refused, so that a typing slip never becomes a silent default.
use serde::{Deserialize, Serialize};
use thiserror::Error;

pub mod floors;

use crate::{
    domain::person::{MINIMUM_AGE, MINIMUM_AGE_INTERNSHIP},
    matching::policy::floors::{Floor, FloorError, Side},
};

/// The rule of a run. All points are integers; fit is 0..1000, priority 0..300.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Policy {
    /// Nobody below this fit is proposed, whatever the priority. Points 0..1000.
    pub fit_floor: u16,
    /// Points for evidenced criteria; the sum is cut at `cap`.
    pub priority: PriorityPoints,
    /// Added to every placement, so that one more person placed can outweigh points. 0..2000.
    pub per_placement_bonus: u16,
    /// Least shares of the places for groups, where somebody of them fits; they come before any points.
    pub floors: Vec<Floor>,
    /// A pair that ended in a no is not proposed again within this many days.
    pub no_repeat_days: u32,
    /// How many runners-up each vacancy keeps as its reserve.
    pub reserve: u16,
    /// Minimum age for regular work, years: that of the law or more (`domain::person`).
    pub minimum_age: u8,
    /// Minimum age for internships: likewise.
    pub minimum_age_internship: u8,
    /// How far people get who named no limit of their own.
    pub reach_km: Reach,
}

/// How far one gets by each way of travelling, kilometres, 1..200.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct Reach {
    /// On foot.
    pub on_foot: u8,
    /// By bicycle.
    pub bicycle: u8,
    /// By bus or shared taxi.
    pub bus: u8,
    /// By motorcycle.
    pub motorcycle: u8,
    /// By car.
    pub car: u8,
}

impl Default for Reach {
    fn default() -> Self {
        Self { on_foot: 4, bicycle: 8, bus: 20, motorcycle: 25, car: 40 }
    }
}

/// Points for evidence of priority, 0..300 each.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields, default)]
pub struct PriorityPoints {
    /// For desil 1 to 10 in this order; unknown desil gives none and is listed to be checked.
    pub desil: [u16; 10],
    /// A person with a disability (UU 8/2016).
    pub disability: u16,
    /// Unemployed for long.
    pub long_unemployment: u16,
    /// Laid off.
    pub laid_off: u16,
    /// The sum is never above this.
    pub cap: u16,
}

/// Highest priority anybody can have.
pub const PRIORITY_MAX: u16 = 300;

impl Default for Policy {
    fn default() -> Self {
        Self {
            fit_floor: crate::matching::fit::weights::WEIGHTS.floor,
            priority: PriorityPoints::default(),
            per_placement_bonus: 0,
            floors: Vec::new(),
            no_repeat_days: 90,
            reserve: 10,
            minimum_age: MINIMUM_AGE,
            minimum_age_internship: MINIMUM_AGE_INTERNSHIP,
            reach_km: Reach::default(),
        }
    }
}

impl Default for PriorityPoints {
    fn default() -> Self {
        Self {
            desil: [200, 180, 150, 120, 40, 0, 0, 0, 0, 0],
            disability: 60,
            long_unemployment: 40,
            laid_off: 40,
            cap: PRIORITY_MAX,
        }
    }
}

/// Why a policy is refused.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum PolicyError {
    /// Not JSON, an unknown field, or a value of the wrong kind.
    #[error("the policy cannot be read: {0}")]
    Unreadable(String),
    /// A value outside its range.
    #[error("policy field `{field}`: {value} is not between {low} and {high}")]
    OutOfRange {
        /// The field.
        field: &'static str,
        /// What was given.
        value: u32,
        /// Lowest allowed.
        low: u32,
        /// Highest allowed.
        high: u32,
    },
    /// A poorer desil must never weigh less than a richer one.
    #[error("policy field `priority.desil`: desil {poorer} weighs less than desil {richer}")]
    DesilOrder {
        /// The poorer desil.
        poorer: usize,
        /// The richer desil.
        richer: usize,
    },
    /// Floors that cannot be kept together.
    #[error(transparent)]
    Floors(#[from] FloorError),
}

impl Policy {
    /// Reads and checks a policy.
    ///
    /// # Errors
    /// The field that cannot be read, or what `check` refuses.
    pub fn parse(text: &str) -> Result<Self, PolicyError> {
        let policy: Self =
            serde_json::from_str(text).map_err(|error| PolicyError::Unreadable(error.to_string()))?;
        policy.check()?;
        Ok(policy)
    }

    /// Checks ranges and the order of the desil points.
    ///
    /// # Errors
    /// The first field whose value is out of its range, or contradicts another.
    pub fn check(&self) -> Result<(), PolicyError> {
        let priority = &self.priority;
        let ranges: [(&'static str, u32, u32, u32); 15] = [
            ("fit_floor", self.fit_floor.into(), 1, 1000),
            ("per_placement_bonus", self.per_placement_bonus.into(), 0, 2000),
            ("reserve", self.reserve.into(), 0, 100),
            ("minimum_age", self.minimum_age.into(), MINIMUM_AGE.into(), 25),
            ("minimum_age_internship", self.minimum_age_internship.into(), MINIMUM_AGE_INTERNSHIP.into(), 25),
            ("priority.cap", priority.cap.into(), 0, PRIORITY_MAX.into()),
            ("priority.disability", priority.disability.into(), 0, PRIORITY_MAX.into()),
            ("priority.long_unemployment", priority.long_unemployment.into(), 0, PRIORITY_MAX.into()),
            ("priority.laid_off", priority.laid_off.into(), 0, PRIORITY_MAX.into()),
            ("no_repeat_days", self.no_repeat_days, 0, 3650),
            ("reach_km.on_foot", self.reach_km.on_foot.into(), 1, 200),
            ("reach_km.bicycle", self.reach_km.bicycle.into(), 1, 200),
            ("reach_km.bus", self.reach_km.bus.into(), 1, 200),
            ("reach_km.motorcycle", self.reach_km.motorcycle.into(), 1, 200),
            ("reach_km.car", self.reach_km.car.into(), 1, 200),
        ];
        for (field, value, low, high) in ranges {
            if value < low || value > high {
                return Err(PolicyError::OutOfRange { field, value, low, high });
            }
        }
        for (index, pair) in priority.desil.windows(2).enumerate() {
            if let [poorer, richer] = pair
                && poorer < richer
            {
                return Err(PolicyError::DesilOrder { poorer: index + 1, richer: index + 2 });
            }
        }
        floors::family(&self.floors, Side::Vacancy)?;
        floors::family(&self.floors, Side::Run)?;
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_sound_and_reads_back() {
        let policy = Policy::default();
        policy.check().unwrap();
        let text = serde_json::to_string(&policy).unwrap();
        assert_eq!(Policy::parse(&text).unwrap(), policy);
    }

    #[test]
    fn slips_are_refused() {
        assert!(matches!(Policy::parse("{\"fit_flor\": 5}"), Err(PolicyError::Unreadable(_))));
        assert!(matches!(Policy::parse("{\"fit_floor\": 0}"), Err(PolicyError::OutOfRange { .. })));
        assert!(matches!(Policy::parse("{\"fit_floor\": -3}"), Err(PolicyError::Unreadable(_))));
        let floor = |rest: &str| Policy::parse(&format!("{{\"floors\": [{{{rest}}}]}}"));
        assert!(floor("\"group\": \"desil_1_4\", \"share\": 0.5, \"per\": \"vacancy\"").is_ok());
        for wrong in [
            "\"group\": \"desil_1_4\", \"share\": 1.5, \"per\": \"vacancy\"",
            "\"group\": \"women\", \"share\": 0.5, \"per\": \"vacancy\"",
            "\"group\": \"desil_1_4\", \"share\": 0.5, \"per\": \"seat\"",
            "\"group\": \"desil_1_4\", \"share\": 0.5",
            "\"group\": \"desil_1_4\", \"share\": 0.5, \"per\": \"run\", \"sure\": true",
        ] {
            assert!(matches!(floor(wrong), Err(PolicyError::Unreadable(_))), "{wrong}");
        }
        let upside_down = "{\"priority\": {\"desil\": [1, 2, 0, 0, 0, 0, 0, 0, 0, 0]}}";
        assert_eq!(Policy::parse(upside_down), Err(PolicyError::DesilOrder { poorer: 1, richer: 2 }));
    }
}
