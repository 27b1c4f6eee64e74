//! How many of the collected titles are coded, and how long one ad takes to read on one core.

use std::{path::Path, time::Instant};

use padankerja::reading::{
    code,
    job::{JobText, read_job},
};
use serde_json::Value;

use crate::{Fault, number};

/// Times every ad is read; the fastest round counts, the others warm up.
const ROUNDS: usize = 3;

pub fn print(ads: &Path) -> Result<(), Fault> {
    let Ok(text) = std::fs::read_to_string(ads) else {
        println!("\n(no collected advertisements at {}: titles and speed not measured)", ads.display());
        return Ok(());
    };
    let ads: Vec<Value> = text.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let coded = ads.iter().filter(|ad| !code::code_title(field(ad, "title")).is_empty()).count();
    println!("\n## Collected advertisements\n| what | figure |\n|---|---|");
    println!("| titles coded | {coded} of {} ({:.3}) |", ads.len(), number(coded) / number(ads.len().max(1)));
    let clock = Clock(Instant::now());
    let mut lines = 0;
    let mut fastest = f64::INFINITY;
    for _ in 0..ROUNDS {
        let start = clock.seconds();
        lines = ads.iter().map(|ad| read_job(&whole(ad)).lines.len()).sum::<usize>();
        fastest = fastest.min(clock.seconds() - start);
    }
    println!(
        "| reading one ad, all fields, processor time of one core | {:.0} microseconds ({lines} lines in all) |",
        fastest * 1e6 / number(ads.len().max(1))
    );
    Ok(())
}

fn whole(ad: &Value) -> JobText<'_> {
    JobText {
        title: field(ad, "title"),
        description: field(ad, "description"),
        skills: field(ad, "skills"),
        education: field(ad, "education"),
        experience: field(ad, "experience"),
        category: field(ad, "category"),
        wage: field(ad, "salary_text"),
        ..JobText::default()
    }
}

fn field<'a>(ad: &'a Value, name: &str) -> &'a str {
    ad.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// Processor time of this thread where the system tells it (Linux), else time of day: another program on the same core
/// must not count.
struct Clock(Instant);

impl Clock {
    fn seconds(&self) -> f64 {
        let text = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
        match text.split(' ').next().and_then(|first| first.parse::<f64>().ok()) {
            Some(nanoseconds) => nanoseconds / 1e9,
            None => self.0.elapsed().as_secs_f64(),
        }
    }
}
