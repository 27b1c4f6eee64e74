//! How long one change of a standing assignment takes, by kind, beside solving from scratch, in one run:
//! `cargo run --release --example assign_increment [CHANGES]`. The size is that of one regency. At the end of each shape
//! the standing assignment must have the optimum and the prices of a fresh solution.
#![expect(clippy::print_stdout, reason = "a program for the terminal")]
use std::{process::ExitCode, time::Instant};

use padankerja::matching::{
    assign::{
        self, Edge, Standing,
        shapes::{Dice, Plain, Shape, Size},
    },
    certificate,
};

/// Milliseconds of many runs of the same thing.
struct Times(Vec<f64>);

impl Times {
    fn take<T>(&mut self, work: impl FnOnce() -> T) -> T {
        let start = Instant::now();
        let done = work();
        self.0.push(start.elapsed().as_secs_f64() * 1e3);
        done
    }

    /// The time that so many percent stay within.
    fn within(&mut self, percent: usize) -> f64 {
        self.0.sort_by(f64::total_cmp);
        let place = (self.0.len() * percent).div_ceil(100).max(1) - 1;
        self.0.get(place).copied().unwrap_or(f64::NAN)
    }
}

/// Kinds of changes, in the order of the columns.
const KINDS: [&str; 7] =
    ["new person", "other edges", "withdrawal", "new vacancy", "one more seat", "one seat less", "closing"];

fn main() -> ExitCode {
    let changes = std::env::args().nth(1).and_then(|text| text.parse().ok()).unwrap_or(200);
    println!("{changes} changes of each kind; milliseconds, half of them within / 95 % of them within");
    for shape in Shape::ALL {
        if let Err(flaw) = bench(shape, changes) {
            println!("{}: {flaw}", shape.name());
            return ExitCode::FAILURE;
        }
    }
    ExitCode::SUCCESS
}

fn bench(shape: Shape, changes: usize) -> Result<(), Box<dyn std::error::Error>> {
    let plain = shape.make(Size::REGENCY, 1);
    let instance = plain.instance()?;
    let mut scratch = Times(Vec::new());
    for _ in 0..5 {
        scratch.take(|| Ok::<_, assign::InstanceError>(assign::solve(&plain.instance()?)))?;
    }
    let mut standing = Standing::new(instance);
    println!("{} ({} edges)", shape.name(), plain.edges.len());
    println!("  {:<26} {:9.3}", "building and solving anew", scratch.within(50));
    let mut dice = Dice::new(7);
    for kind in KINDS {
        let mut times = Times(Vec::new());
        // Those who have something to lose.
        let seated: Vec<u32> = (0..)
            .zip(standing.solution().matched)
            .filter_map(|(person, place)| place.map(|_| person))
            .collect();
        for _ in 0..changes {
            let someone = seated[dice.below(u32::try_from(seated.len())?) as usize];
            change(kind, someone, &plain, &mut standing, &mut times, &mut dice)?;
        }
        println!("  {kind:<26} {:9.3} / {:9.3}", times.within(50), times.within(95));
    }
    let mut reading = Times(Vec::new());
    for _ in 0..5 {
        reading.take(|| standing.solution());
    }
    println!("  {:<26} {:9.3}", "smallest prices, answer", reading.within(50));
    check(&standing)
}

/// One change like those the shape is made of: rows and columns are copied from others. Who changes or leaves has, or
/// had lately, a seat.
fn change(
    kind: &str,
    person: u32,
    plain: &Plain,
    standing: &mut Standing,
    times: &mut Times,
    dice: &mut Dice,
) -> Result<(), assign::InstanceError> {
    let vacancy = dice.below(u32::try_from(plain.seats.len()).unwrap_or(u32::MAX));
    let seats = i64::from(standing.instance().seats()[vacancy as usize]);
    let like = plain.edges[dice.below(u32::try_from(plain.edges.len()).unwrap_or(u32::MAX)) as usize].0;
    let row: Vec<Edge> = standing.instance().edges_of(like).to_vec();
    match kind {
        "new person" => times.take(|| standing.add_person(&row)).map(drop),
        "other edges" => times.take(|| standing.change_person(person, &row)),
        "withdrawal" => times.take(|| standing.withdraw_person(person)),
        "new vacancy" => {
            let like = plain.edges.iter().filter(|edge| edge.1 == vacancy);
            let column: Vec<(u32, i64)> = like.map(|edge| (edge.0, edge.2)).collect();
            times.take(|| standing.add_vacancy(10, &column)).map(drop)
        }
        "one more seat" => times.take(|| standing.set_seats(vacancy, seats + 1)),
        "one seat less" => times.take(|| standing.set_seats(vacancy, (seats - 1).max(0))),
        _ => times.take(|| standing.set_seats(vacancy, 0)),
    }
}

fn check(standing: &Standing) -> Result<(), Box<dyn std::error::Error>> {
    let instance = standing.instance();
    let (answer, fresh) = (standing.solution(), assign::solve(instance));
    certificate::verify(instance.people(), instance.seats(), instance.edges(), &answer)?;
    if (answer.objective, answer.vacancy_prices) == (fresh.objective, fresh.vacancy_prices) {
        Ok(())
    } else {
        Err("not the optimum or the prices of a fresh solution".into())
    }
}
