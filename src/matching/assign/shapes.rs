//! Made-up instances in the shapes that occur in practice or are known to be hard, from a seed.
//!
//! Used by tests and benchmarks only. Nothing here resembles a real person. Weights are points with
//! tie-breaking digits below them, except where equal scores are the point.

use super::instance::{Builder, Instance, InstanceError};

/// How large an instance should be. Shapes treat the figures as aims, not as exact counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size {
    /// Number of people.
    pub people: u32,
    /// Number of vacancies.
    pub vacancies: u32,
    /// Seats of all vacancies together.
    pub seats: u32,
    /// Candidates per vacancy.
    pub candidates: u32,
}

impl Size {
    /// The planning size of one regency: 400,000 edges.
    pub const REGENCY: Self = Self { people: 100_000, vacancies: 2_000, seats: 20_000, candidates: 200 };
    /// Five times the people, 10 million edges.
    pub const PROVINCE: Self = Self { people: 500_000, vacancies: 10_000, seats: 100_000, candidates: 1_000 };
}

/// The structure of an instance.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shape {
    /// Candidates and points drawn evenly.
    Random,
    /// More seats than people.
    ScarcePeople,
    /// Most vacancies have one seat, wanted by everybody.
    ScarceSeats,
    /// Occupations: vacancies of one occupation keep the same best people.
    Clustered,
    /// The same, but with hardly any taste: everybody of an occupation ranks alike and is ranked alike.
    Rivals,
    /// Ten different scores and no tie-breaking digits.
    EqualScores,
    /// A few people too many at one end, free seats at the other, everybody between has to move.
    LongChains,
}

impl Shape {
    /// All shapes.
    pub const ALL: [Self; 7] = [
        Self::Random,
        Self::ScarcePeople,
        Self::ScarceSeats,
        Self::Clustered,
        Self::Rivals,
        Self::EqualScores,
        Self::LongChains,
    ];

    /// A short name for tables.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Random => "random",
            Self::ScarcePeople => "scarce-people",
            Self::ScarceSeats => "scarce-seats",
            Self::Clustered => "clustered",
            Self::Rivals => "rivals",
            Self::EqualScores => "equal-scores",
            Self::LongChains => "long-chains",
        }
    }

    /// Makes an instance of this shape; the same seed gives the same instance.
    #[must_use]
    pub fn make(self, size: Size, seed: u64) -> Plain {
        let mut dice = Dice::new(seed);
        match self {
            Self::Random => spread(size, &mut dice, even_points),
            Self::EqualScores => equal_scores(size, &mut dice),
            Self::ScarcePeople => scarce_people(size, &mut dice),
            Self::ScarceSeats => scarce_seats(size, &mut dice),
            Self::Clustered => clustered(size, &mut dice, 200),
            Self::Rivals => clustered(size, &mut dice, 20),
            Self::LongChains => long_chains(size, &mut dice),
        }
    }
}

/// The plain inputs of an instance.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Plain {
    /// Number of people.
    pub people: u32,
    /// Seats of every vacancy.
    pub seats: Vec<u32>,
    /// (person, vacancy, weight).
    pub edges: Vec<(u32, u32, i64)>,
}

impl Plain {
    /// Builds the solver's instance.
    ///
    /// # Errors
    /// Any [`InstanceError`] the plain inputs deserve.
    pub fn instance(&self) -> Result<Instance, InstanceError> {
        let mut builder = Builder::new();
        for &seats in &self.seats {
            builder.vacancy(i64::from(seats))?;
        }
        builder.people(self.people as usize)?;
        builder.reserve(self.edges.len());
        for &(person, vacancy, weight) in &self.edges {
            builder.edge(person, vacancy, weight)?;
        }
        builder.build()
    }
}

/// `SplitMix64` (Steele, Lea, Flood 2014): small, pure and good enough for shapes.
#[derive(Clone, Debug)]
pub struct Dice {
    state: u64,
}

impl Dice {
    /// Dice that always fall the same way for the same seed.
    #[must_use]
    pub fn new(seed: u64) -> Self {
        Self { state: seed }
    }

    /// The next 64 bits.
    pub fn roll(&mut self) -> u64 {
        self.state = self.state.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mut z = self.state;
        z = (z ^ (z >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        z = (z ^ (z >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        z ^ (z >> 31)
    }

    /// A number in `0..bound`; 0 when `bound` is 0.
    pub fn below(&mut self, bound: u32) -> u32 {
        let scaled = ((self.roll() >> 32) * u64::from(bound)) >> 32;
        u32::try_from(scaled).unwrap_or(0)
    }

    /// Shuffles evenly (Fisher and Yates).
    pub fn shuffle<T>(&mut self, items: &mut [T]) {
        for (last, bound) in (1..items.len()).zip(2_u32..) {
            items.swap(last, self.below(bound) as usize);
        }
    }
}

/// Room for the tie-breaking digits below the points.
const TIE: i64 = 1 << 32;

/// Points with tie-breaking digits as a caller would make them: twelve bits of the person (waiting time), then
/// twenty of the pair. Digits of the person alone would not do: two people who swap places leave them unchanged.
fn weight(points: u32, person: u32, vacancy: u32) -> i64 {
    let waiting = Dice::new(u64::from(person)).below(1 << 12);
    let pair = Dice::new((u64::from(vacancy) << 32) | u64::from(person)).below(1 << 20);
    i64::from(points) * TIE + (i64::from(waiting) << 20) + i64::from(pair)
}

fn even_points(dice: &mut Dice) -> u32 {
    1 + dice.below(1300)
}

/// Every vacancy at least one seat while they last, the others fall evenly.
fn spread_seats(size: Size, dice: &mut Dice) -> Vec<u32> {
    let mut seats: Vec<u32> = (0..size.vacancies).map(|vacancy| u32::from(vacancy < size.seats)).collect();
    for _ in size.vacancies..size.seats {
        seats[dice.below(size.vacancies) as usize] += 1;
    }
    seats
}

/// Draws `count` different numbers below `bound` (fewer when there are not so many).
struct Draw {
    last: Vec<u32>,
    round: u32,
}

impl Draw {
    fn new(bound: u32) -> Self {
        Self { last: vec![0; bound as usize], round: 0 }
    }

    fn take(&mut self, count: u32, dice: &mut Dice) -> Vec<u32> {
        let bound = u32::try_from(self.last.len()).unwrap_or(u32::MAX);
        self.round += 1;
        let mut taken = Vec::new();
        let mut rolls = 0;
        while taken.len() < count.min(bound) as usize && rolls < 20 * count {
            rolls += 1;
            let drawn = dice.below(bound);
            if std::mem::replace(&mut self.last[drawn as usize], self.round) != self.round {
                taken.push(drawn);
            }
        }
        taken
    }
}

fn spread(size: Size, dice: &mut Dice, points: impl Fn(&mut Dice) -> u32) -> Plain {
    let seats = spread_seats(size, dice);
    let mut draw = Draw::new(size.people);
    let mut edges = Vec::new();
    for vacancy in 0..size.vacancies {
        for person in draw.take(size.candidates, dice) {
            edges.push((person, vacancy, weight(points(dice), person, vacancy)));
        }
    }
    Plain { people: size.people, seats, edges }
}

fn equal_scores(size: Size, dice: &mut Dice) -> Plain {
    let mut plain = spread(size, dice, |dice| 1 + dice.below(10));
    for edge in &mut plain.edges {
        edge.2 = edge.2 / TIE * 100;
    }
    plain
}

fn scarce_people(size: Size, dice: &mut Dice) -> Plain {
    let people = size.seats / 2;
    spread(Size { people, ..size }, dice, even_points)
}

fn scarce_seats(size: Size, dice: &mut Dice) -> Plain {
    spread(Size { seats: size.vacancies, ..size }, dice, |dice| 900 + dice.below(400))
}

fn clustered(size: Size, dice: &mut Dice, taste: u32) -> Plain {
    let occupations = (size.vacancies / 50).max(1);
    let mut members: Vec<Vec<(u32, u32)>> = vec![Vec::new(); occupations as usize];
    for person in 0..size.people {
        // The square makes some occupations much more common than others.
        let roll = dice.below(1 << 15);
        let occupation = (u64::from(roll) * u64::from(roll) * u64::from(occupations)) >> 30;
        let at = usize::try_from(occupation).unwrap_or(0);
        members[at].push((person, dice.below(500)));
    }
    let seats = spread_seats(size, dice);
    let mut edges = Vec::new();
    for vacancy in 0..size.vacancies {
        let known = &members[dice.below(occupations) as usize];
        let demand = dice.below(300);
        let mut rated: Vec<(i64, u32)> = Vec::with_capacity(known.len());
        for &(person, skill) in known {
            let points = 200 + demand + skill + dice.below(taste);
            rated.push((weight(points, person, vacancy), person));
        }
        rated.sort_unstable_by(|a, b| b.cmp(a));
        rated.truncate(size.candidates as usize);
        edges.extend(rated.into_iter().map(|(weight, person)| (person, vacancy, weight)));
    }
    Plain { people: size.people, seats, edges }
}

fn long_chains(size: Size, dice: &mut Dice) -> Plain {
    let group = (size.seats / size.vacancies.max(1)).max(1);
    let surplus = group.min(10);
    let mut seats = vec![group; size.vacancies as usize];
    if let Some(last) = seats.last_mut() {
        *last += surplus;
    }
    let mut edges = Vec::new();
    let mut person = 0;
    for vacancy in 0..size.vacancies {
        let members = if vacancy == 0 { group + surplus } else { group };
        for _ in 0..members {
            let points = 1_000 + dice.below(100);
            let stay = weight(points, person, vacancy);
            edges.push((person, vacancy, stay));
            if vacancy + 1 < size.vacancies {
                // Moving on never pays more than staying, and costs little, so that chains are worth their length.
                edges.push((person, vacancy + 1, stay - i64::from(dice.below(1 << 20))));
            }
            person += 1;
        }
    }
    Plain { people: person, seats, edges }
}

#[cfg(test)]
mod tests {
    use super::*;

    const SMALL: Size = Size { people: 300, vacancies: 100, seats: 200, candidates: 20 };

    #[test]
    fn shapes_repeat_with_the_seed_and_differ_without() {
        for shape in Shape::ALL {
            assert_eq!(shape.make(SMALL, 7), shape.make(SMALL, 7), "{}", shape.name());
            assert_ne!(shape.make(SMALL, 7), shape.make(SMALL, 8), "{}", shape.name());
            assert!(shape.make(SMALL, 7).instance().is_ok(), "{}", shape.name());
        }
    }

    #[test]
    fn dice_stay_below_their_bound() {
        let mut dice = Dice::new(1);
        let rolls: Vec<u32> = (0..1000).map(|_| dice.below(6)).collect();
        assert!((0..6).all(|face| rolls.contains(&face)));
        assert!(rolls.iter().all(|&face| face < 6));
        assert_eq!(dice.below(0), 0);
    }
}
