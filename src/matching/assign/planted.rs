//! Faults planted in the solver on purpose, so that a test can show that each would be found: by
//! `matching::certificate` or by a property. Only in the unit tests and with the cargo feature `planted-bugs`, of which no
//! release is made, can one be switched on; otherwise every question for one is answered at compile time.
//!
//! What does not belong here: the faulty steps themselves. They stand where such a mistake would be made, behind
//! [`on`].

/// A fault, named by what it does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Fault {
    /// A vacancy of several seats counts one too few.
    SeatTooFew,
    /// A search moves people but raises no price.
    PriceNotRaised,
    /// What holds a price up is taken with the wrong sign.
    WrongSign,
    /// Whoever holds the last place is forgotten when another stands up.
    HolderForgotten,
    /// Prices are optimal, but not lowered to the smallest.
    SmallestLeftOut,
    /// The last edge of a row is never looked at.
    RowEndSkipped,
    /// An unsold seat keeps its price.
    UnsoldKeepsPrice,
    /// Ties are broken by the order of the input, as the lowest digits are not compared.
    DigitsIgnored,
    /// The total is cut to 32 bits.
    TotalCut,
    /// After prices fell, what was known about the holders is still trusted.
    StaleBidsTrusted,
    /// People who lost their seat in the last batch of bids are not placed any more.
    OutbidLeftOut,
    /// An edge of negative weight counts as a gain.
    LossCountedAsGain,
}

#[cfg(any(test, feature = "planted-bugs"))]
mod switch {
    use std::cell::Cell;

    use super::Fault;

    thread_local! {
        static PLANTED: Cell<Option<Fault>> = const { Cell::new(None) };
    }

    /// Whether the solver makes this mistake on this thread.
    #[inline]
    pub(in super::super) fn on(fault: Fault) -> bool {
        PLANTED.get() == Some(fault)
    }

    /// Has the solver make this mistake, or none, on this thread from now on.
    #[cfg(test)]
    pub(in super::super) fn plant(fault: Option<Fault>) {
        PLANTED.set(fault);
    }
}

/// The solver makes no such mistake.
#[cfg(not(any(test, feature = "planted-bugs")))]
mod switch {
    #[inline]
    pub(in super::super) const fn on(_: super::Fault) -> bool {
        false
    }
}

pub(super) use switch::on;
#[cfg(test)]
pub(super) use switch::plant;
