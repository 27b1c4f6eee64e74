//! Quality on judged sets: production beside two baselines in both directions, the fit floor, coding of titles, speed,
//! and what each part is worth (each left out in turn, in a process of its own). Called by `bench/quality.sh`; as the program itself with a part left out by
//! `bench/officer.sh`.
#![expect(clippy::print_stdout, clippy::print_stderr, reason = "a benchmark prints its figures")]

mod coding;
mod peers;
mod placing;
mod rarity;
mod speed;
mod variants;

use std::{
    ffi::OsString,
    path::{Path, PathBuf},
    process::{Command, ExitCode},
};

type Fault = Box<dyn std::error::Error>;

fn main() -> ExitCode {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    match run(&arguments) {
        Ok(()) => ExitCode::SUCCESS,
        Err(fault) => {
            eprintln!("quality: {fault}");
            ExitCode::from(2)
        }
    }
}

fn run(arguments: &[String]) -> Result<(), Fault> {
    if let [flag, variant, words @ ..] = arguments
        && flag == "--as"
    {
        variants::apply(variant)?;
        let words = std::iter::once("padankerja").chain(words.iter().map(String::as_str));
        let code = padankerja::cli::answer(words.map(OsString::from).collect());
        return if code == ExitCode::SUCCESS {
            Ok(())
        } else {
            Err(format!("{variant}: the command failed").into())
        };
    }
    match arguments {
        [flag, ads] if flag == "--rarity" => rarity::print(Path::new(ads)),
        [eval] => report(Path::new(eval), &Path::new(eval).join("../data/ads.jsonl")),
        [eval, ads] => report(Path::new(eval), Path::new(ads)),
        [flag, variant, eval] if flag == "--variant" => variant_line(variant, Path::new(eval)),
        _ => Err(
            "usage: quality EVAL [ADS.jsonl] | quality --rarity ADS.jsonl | quality --as VARIANT COMMAND .."
                .into(),
        ),
    }
}

/// Prints everything, the ablation last.
fn report(eval: &Path, ads: &Path) -> Result<(), Fault> {
    let placing = placing::Set::load(&eval.join("placement-dev"))?;
    let titles = coding::titles(&eval.join("occupation-coding-dev/titles.tsv"))?;
    placing.print_comparison()?;
    placing.print_floor()?;
    println!("\n## Coding of titles\n| set | titles | R@1 | R@10 | MRR |\n|---|---|---|---|---|");
    println!("{}", coding::row("occupation-coding-dev", &coding::measure(&titles)));
    for fold in 0..coding::FOLDS_SHOWN {
        print!("{}", child(&format!("fold-{fold}"), eval)?);
    }
    coding::print_samples()?;
    speed::print(ads)?;
    placing.print_worst(10)?;
    println!("\n## Ablation: each part left out in turn\n{}", variants::HEADING);
    for name in variants::NAMES {
        print!("{}", child(name, eval)?);
    }
    Ok(())
}

/// What one variant measures, from a process of its own: the vocabulary is read once per process.
fn child(variant: &str, eval: &Path) -> Result<String, Fault> {
    let program: PathBuf = std::env::current_exe()?;
    let output = Command::new(program).args(["--variant", variant]).arg(eval).output()?;
    if output.status.success() {
        return Ok(String::from_utf8(output.stdout)?);
    }
    Err(format!("variant {variant}: {}", String::from_utf8_lossy(&output.stderr)).into())
}

fn variant_line(variant: &str, eval: &Path) -> Result<(), Fault> {
    if let Some(fold) = variant.strip_prefix("fold-") {
        let fold = fold.parse()?;
        println!("{}", coding::row(&format!("names held out, fold {fold}"), &coding::held_out(fold)?));
        return Ok(());
    }
    variants::apply(variant)?;
    let placing = placing::Set::load(&eval.join("placement-dev"))?;
    let titles = coding::titles(&eval.join("occupation-coding-dev/titles.tsv"))?;
    println!("{}", variants::row(variant, &placing.summary()?, &coding::measure(&titles)));
    Ok(())
}

/// Reads a file, naming it when it is not there.
fn text(path: &Path) -> Result<String, Fault> {
    std::fs::read_to_string(path).map_err(|error| format!("{}: {error}", path.display()).into())
}

/// Counts are far below 2^32, so the conversion is exact.
fn number(count: usize) -> f64 {
    f64::from(u32::try_from(count).unwrap_or(u32::MAX))
}
