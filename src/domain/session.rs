//! How long a login on the pages holds. A resident has a phone of their own and comes back after weeks; whoever works with other
//! people's data sits at a desk that others pass; a borrowed phone goes back to its owner.
use chrono::TimeDelta;

use crate::domain::access::Role;

/// How long a login holds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lasts {
    /// Without being used.
    pub idle: TimeDelta,
    /// At most, however much it is used.
    pub most: TimeDelta,
}

/// How long a login of a role holds; `borrowed`: somebody said that the phone is not theirs.
pub const fn lasts(role: Role, borrowed: bool) -> Lasts {
    match role {
        _ if borrowed => Lasts { idle: TimeDelta::minutes(15), most: TimeDelta::hours(1) },
        Role::Trainee => Lasts { idle: TimeDelta::days(30), most: TimeDelta::days(180) },
        Role::Companion
        | Role::Employer
        | Role::Staff
        | Role::Supervisor
        | Role::Agency
        | Role::Administrator => Lasts { idle: TimeDelta::minutes(30), most: TimeDelta::hours(12) },
    }
}

/// Whether the browser forgets the login when it is closed.
pub const fn ends_with_browser(role: Role, borrowed: bool) -> bool {
    borrowed || !matches!(role, Role::Trainee)
}

/// Wrong names and passwords from one address within `ADDRESS_MINUTES` after which that address waits: sixty people at one
/// connection may each be wrong three times. A login that is tried too often waits long before.
pub const ADDRESS_TRIES: u32 = 180;

/// How long they are remembered, minutes.
pub const ADDRESS_MINUTES: u64 = 15;

/// The part of the idle time after which a use is written down again: not every request writes.
pub const WRITTEN_PARTS: i32 = 15;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn nobody_stays_longer_than_agreed() {
        for role in Role::ALL {
            for borrowed in [false, true] {
                let lasts = lasts(*role, borrowed);
                assert!(lasts.idle <= lasts.most, "{role}");
                let short = lasts.most <= TimeDelta::hours(12);
                assert_eq!(short, ends_with_browser(*role, borrowed), "{role}, borrowed: {borrowed}");
            }
        }
        assert_eq!(lasts(Role::Trainee, true).idle, TimeDelta::minutes(15));
        assert_eq!(lasts(Role::Employer, false).idle, TimeDelta::minutes(30));
    }
}
