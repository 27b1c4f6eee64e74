//! The counters that keep every limit: seats and referral slots of a vacancy, live places and placements of a person.
//! They mirror the counter columns and their CHECKs, so a use case asks here before it writes. Pure arithmetic; whose
//! turn it is, is in `follows`.
use super::State;

use crate::domain::codes::ProblemCode;

/// Places a person may take with vacancies at the same time.
pub const MAX_LIVE: i64 = 3;

/// The smallest referral group a vacancy may have.
pub const MIN_SLOTS: i64 = 3;

/// The counters of a vacancy. `taken <= seats` and `live <= slots` always hold after `new` and `shift`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct SeatBook {
    /// People wanted.
    pub seats: i64,
    /// Seats taken: hired and started.
    pub taken: i64,
    /// Applications that take a slot: confirmed, referred, interview, offered.
    pub live: i64,
    /// Referral slots: `max(formula, live)`, because a hire shrinks the formula while the group is still out.
    pub slots: i64,
    /// Slots per seat left, in thousandths (policy; 2000 = two for one seat).
    pub ratio_permille: i64,
}

/// The counters of a person.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct PersonBook {
    /// Applications that take a live place; at most `MAX_LIVE`.
    pub live: i64,
    /// Hired or started; at most one.
    pub placed: i64,
}

/// Why a change does not fit. `code` is stable.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LimitError {
    /// Every referral slot is taken.
    #[error("all {slots} referral slots are taken ({live} live)")]
    NoSlot {
        /// Live applications.
        live: i64,
        /// Slots by the formula.
        slots: i64,
    },
    /// Every seat is taken.
    #[error("all {seats} seats are taken")]
    NoSeat {
        /// Seats of the vacancy.
        seats: i64,
    },
    /// The person has the most live applications allowed.
    #[error("the person has {live} live applications already")]
    PersonLive {
        /// Live applications.
        live: i64,
    },
    /// The person is hired or at work elsewhere.
    #[error("the person is placed already")]
    PersonPlaced,
    /// Fewer seats than are taken.
    #[error("{seats} seats are fewer than the {taken} taken")]
    SeatsBelowTaken {
        /// Seats asked for.
        seats: i64,
        /// Seats taken.
        taken: i64,
    },
    /// The counters do not fit the states: something wrote past them.
    #[error("counter {counter} would fall below zero")]
    Broken {
        /// Which counter.
        counter: &'static str,
    },
}

impl LimitError {
    /// The stable code of a problem document.
    pub fn code(&self) -> ProblemCode {
        match self {
            Self::NoSlot { .. } => ProblemCode::NoSlot,
            Self::NoSeat { .. } => ProblemCode::NoSeat,
            Self::PersonLive { .. } => ProblemCode::PersonLiveLimit,
            Self::PersonPlaced => ProblemCode::PersonPlaced,
            Self::SeatsBelowTaken { .. } => ProblemCode::SeatsBelowTaken,
            Self::Broken { .. } => ProblemCode::CounterBroken,
        }
    }
}

/// Referral slots for the seats that are left: `max(3, ceil(ratio x seats left))`.
pub fn slots_formula(seats_left: i64, ratio_permille: i64) -> i64 {
    let product = seats_left.max(0).saturating_mul(ratio_permille.max(0));
    let rounded_up = product / 1000 + i64::from(product % 1000 > 0);
    rounded_up.max(MIN_SLOTS)
}

impl SeatBook {
    /// The counters of a vacancy that nobody has applied to.
    pub fn new(seats: i64, ratio_permille: i64) -> Self {
        Self { seats, taken: 0, live: 0, slots: slots_formula(seats, ratio_permille), ratio_permille }
    }

    /// Seats nobody has taken.
    pub fn seats_left(&self) -> i64 {
        self.seats - self.taken
    }

    /// Every seat is taken.
    pub fn is_full(&self) -> bool {
        self.taken >= self.seats
    }

    /// Slots by the formula, without regard to the group that is still out.
    pub fn formula(&self) -> i64 {
        slots_formula(self.seats_left(), self.ratio_permille)
    }

    /// One more application may become live.
    pub fn has_slot(&self) -> bool {
        self.live < self.formula()
    }

    /// The counters after an application went `from` -> `to` (`None`: it does not exist). A change from live to live,
    /// or from seat to seat, needs no room.
    ///
    /// # Errors
    /// `NoSlot`, `NoSeat`; `Broken` when the counters do not fit `from`.
    pub fn shift(
        &self,
        from: impl Into<Option<State>>,
        to: impl Into<Option<State>>,
    ) -> Result<Self, LimitError> {
        let (from, to) = (from.into(), to.into());
        let after = self.moved(from, to)?;
        if enters_live(from, to) && after.live > after.formula() {
            return Err(LimitError::NoSlot { live: self.live, slots: after.formula() });
        }
        Ok(after)
    }

    /// The counters after an event was taken back and its application returned `from` -> `to`. The slot it had is
    /// still its own unless somebody else became live after that event (`entered_since`), even when a hire has
    /// meanwhile shrunk the formula; otherwise as `shift`.
    ///
    /// # Errors
    /// As `shift`.
    pub fn restore(
        &self,
        from: impl Into<Option<State>>,
        to: impl Into<Option<State>>,
        entered_since: bool,
    ) -> Result<Self, LimitError> {
        if entered_since { self.shift(from, to) } else { self.moved(from.into(), to.into()) }
    }

    /// The counters with another number of seats.
    ///
    /// # Errors
    /// `SeatsBelowTaken`.
    pub fn with_seats(&self, seats: i64) -> Result<Self, LimitError> {
        if seats < self.taken {
            return Err(LimitError::SeatsBelowTaken { seats, taken: self.taken });
        }
        Ok(Self { seats, ..*self }.with_slots())
    }

    fn moved(&self, from: Option<State>, to: Option<State>) -> Result<Self, LimitError> {
        let taken = counted("taken", self.taken, from, to, State::takes_seat)?;
        let live = counted("live", self.live, from, to, State::is_live)?;
        if taken > self.taken && taken > self.seats {
            return Err(LimitError::NoSeat { seats: self.seats });
        }
        Ok(Self { taken, live, ..*self }.with_slots())
    }

    fn with_slots(self) -> Self {
        Self { slots: self.formula().max(self.live), ..self }
    }
}

impl PersonBook {
    /// One more application may become live.
    pub fn has_place(&self) -> bool {
        self.live < MAX_LIVE
    }

    /// The counters after one of the person's applications went `from` -> `to` (`None`: it does not exist).
    ///
    /// # Errors
    /// `PersonLive`, `PersonPlaced`; `Broken` when the counters do not fit `from`.
    pub fn shift(
        &self,
        from: impl Into<Option<State>>,
        to: impl Into<Option<State>>,
    ) -> Result<Self, LimitError> {
        let (from, to) = (from.into(), to.into());
        let placed = counted("placed", self.placed, from, to, State::takes_seat)?;
        let live = counted("live", self.live, from, to, State::is_live)?;
        if placed > self.placed && placed > 1 {
            return Err(LimitError::PersonPlaced);
        }
        if live > self.live && live > MAX_LIVE {
            return Err(LimitError::PersonLive { live: self.live });
        }
        Ok(Self { live, placed })
    }
}

fn enters_live(from: Option<State>, to: Option<State>) -> bool {
    to.is_some_and(State::is_live) && !from.is_some_and(State::is_live)
}

fn counted(
    counter: &'static str,
    value: i64,
    from: Option<State>,
    to: Option<State>,
    counts: fn(State) -> bool,
) -> Result<i64, LimitError> {
    let after = value + i64::from(to.is_some_and(counts)) - i64::from(from.is_some_and(counts));
    if after < 0 { Err(LimitError::Broken { counter }) } else { Ok(after) }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    fn out(seats: i64, live: i64) -> SeatBook {
        let mut book = SeatBook::new(seats, 2000);
        for _ in 0..live {
            book = book.shift(State::Queued, State::Referred).unwrap();
        }
        book
    }

    #[test]
    fn the_group_is_small() {
        let slots = |left| slots_formula(left, 2000);
        assert_eq!([0, 1, 2, 3, 500].map(slots), [3, 3, 4, 6, 1000]);
        assert_eq!(slots_formula(3, 1500), 5);
        assert_eq!(slots_formula(i64::MAX, 2000), i64::MAX / 1000 + 1);
        assert_eq!(slots_formula(-1, 2000), 3);
    }

    #[test]
    fn a_full_group_takes_nobody_in() {
        let book = out(2, 4);
        let error = book.shift(State::Proposed, State::Confirmed).unwrap_err();
        assert_eq!(error, LimitError::NoSlot { live: 4, slots: 4 });
        assert_eq!(error.to_string(), "all 4 referral slots are taken (4 live)");
        assert_eq!(book.shift(State::Referred, State::Interview).unwrap(), book);
        assert_eq!(book.shift(State::Proposed, State::Consented).unwrap(), book);
    }

    #[test]
    fn a_hire_shrinks_the_formula_but_nobody_is_sent_home() {
        let book = out(10, 20).shift(State::Referred, State::Hired).unwrap();
        assert_eq!((book.taken, book.live, book.formula(), book.slots), (1, 19, 18, 19));
        let book = book.shift(State::Referred, State::Refused).unwrap();
        assert_eq!((book.live, book.slots), (18, 18));
        assert!(book.shift(State::Queued, State::Referred).is_err());
        let book = book.shift(State::Interview, State::Withdrawn).unwrap();
        assert!(book.shift(State::Queued, State::Referred).is_ok());
    }

    #[test]
    fn seats_are_never_overfilled() {
        let book = out(1, 3).shift(State::Offered, State::Hired).unwrap();
        assert!(book.is_full());
        assert_eq!(book.shift(State::Offered, State::Hired).unwrap_err(), LimitError::NoSeat { seats: 1 });
        assert_eq!(book.shift(State::Hired, State::Started).unwrap(), book);
        assert_eq!(book.shift(State::Started, State::Ended).unwrap().taken, 0);
        assert_eq!(book.with_seats(0).unwrap_err(), LimitError::SeatsBelowTaken { seats: 0, taken: 1 });
        assert_eq!(book.with_seats(4).unwrap().slots, 6);
    }

    #[test]
    fn taking_back_needs_no_room_unless_it_was_given_away() {
        let book = out(10, 20).shift(State::Referred, State::Hired).unwrap();
        let refused = book.shift(State::Referred, State::Refused).unwrap();
        assert_eq!(refused.restore(State::Refused, State::Referred, false).unwrap(), book);
        assert!(refused.restore(State::Refused, State::Referred, true).is_err());
    }

    #[test]
    fn a_person_has_three_places_and_one_job() {
        let mut book = PersonBook::default();
        for _ in 0..3 {
            book = book.shift(State::Queued, State::Referred).unwrap();
        }
        assert_eq!(
            book.shift(State::Proposed, State::Confirmed).unwrap_err(),
            LimitError::PersonLive { live: 3 }
        );
        let hired = book.shift(State::Offered, State::Hired).unwrap();
        assert_eq!(hired, PersonBook { live: 2, placed: 1 });
        assert_eq!(hired.shift(State::Offered, State::Hired).unwrap_err(), LimitError::PersonPlaced);
        assert_eq!(hired.shift(State::Hired, State::Started).unwrap(), hired);
    }

    #[test]
    fn counters_that_do_not_fit_are_noticed() {
        let empty = SeatBook::new(1, 2000);
        assert_eq!(
            empty.shift(State::Hired, State::NoShow).unwrap_err(),
            LimitError::Broken { counter: "taken" }
        );
        assert!(PersonBook::default().shift(State::Offered, State::Refused).is_err());
    }

    fn any_state() -> impl Strategy<Value = State> {
        proptest::sample::select(State::ALL)
    }

    proptest! {
        /// However applications move, the stored checks hold, the counters are those of the states, and an entry never
        /// makes the group larger than the formula.
        #[test]
        fn limits_hold_on_every_path(
            seats in 0_i64..6,
            ratio in 0_i64..3500,
            moves in proptest::collection::vec((0_usize..12, any_state()), 0..80),
        ) {
            let mut book = SeatBook::new(seats, ratio);
            let mut states: Vec<Option<State>> = vec![None; 12];
            for (who, to) in moves {
                match book.shift(states[who], to) {
                    Ok(after) => {
                        if after.live > book.live {
                            prop_assert!(after.live <= after.formula());
                        }
                        book = after;
                        states[who] = Some(to);
                    }
                    Err(error) => {
                        let no_slot = to.is_live() && book.live >= book.formula();
                        let shrinks = states[who].is_some_and(State::takes_seat);
                        let no_seat = to.takes_seat() && book.is_full();
                        prop_assert!(no_slot || no_seat || shrinks, "{error}");
                    }
                }
                let count = |kind: fn(State) -> bool| states.iter().flatten().filter(|s| kind(**s)).count();
                prop_assert_eq!(usize::try_from(book.live).unwrap(), count(State::is_live));
                prop_assert_eq!(usize::try_from(book.taken).unwrap(), count(State::takes_seat));
                prop_assert!(book.taken <= book.seats && book.live <= book.slots);
                prop_assert_eq!(book.slots, book.formula().max(book.live));
            }
        }

        /// With at least one slot a seat, whoever leaves a seat for the group finds room unless the vacancy was full.
        #[test]
        fn taking_back_restores_exactly(
            seats in 1_i64..8,
            ratio in 0_i64..3500,
            live in 1_i64..12,
            taken in 0_i64..8,
            from in any_state(),
            to in any_state(),
        ) {
            let mut book = SeatBook { seats, taken: taken.min(seats), live, slots: live, ratio_permille: ratio };
            book.slots = book.formula().max(live);
            if let Ok(after) = book.shift(from, to) {
                prop_assert_eq!(after.restore(to, from, false).unwrap(), book);
            }
        }

        #[test]
        fn a_person_stays_within_the_limits(moves in proptest::collection::vec((0_usize..6, any_state()), 0..60)) {
            let mut book = PersonBook::default();
            let mut states: Vec<Option<State>> = vec![None; 6];
            for (which, to) in moves {
                if let Ok(after) = book.shift(states[which], to) {
                    book = after;
                    states[which] = Some(to);
                }
                let live = states.iter().flatten().filter(|s| s.is_live()).count();
                prop_assert_eq!(usize::try_from(book.live).unwrap(), live);
                prop_assert!(book.live <= MAX_LIVE && (0..=1).contains(&book.placed));
            }
        }
    }
}
