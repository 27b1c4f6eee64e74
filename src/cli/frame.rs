//! The frame of the command line in the words of `words::cli::usage`: where the parser would show English ones of its
//! own, in help and when it is used wrongly. What each argument means stands at the argument.
use std::ffi::OsString;

use clap::{
    Arg, ArgAction, Command,
    error::{ContextKind, ContextValue, ErrorKind},
};

use crate::{cli::values, words::cli::usage};

/// The title that the parser puts before every usage line.
const ENGLISH_USAGE: &str = "Usage: ";
/// Its word for options in there.
const ENGLISH_OPTIONS: &str = "[OPTIONS]";

/// The command and all below it, framed.
pub(super) fn framed(command: Command) -> Command {
    let version = Arg::new("version").short('V').long("version").action(ArgAction::Version);
    let version = version.help(usage::VERSION).help_heading(usage::OPTIONS);
    let mut framed = dressed(command.disable_version_flag(true)).arg(version);
    framed.build();
    word_usage(&mut framed);
    framed
}

fn dressed(command: Command) -> Command {
    let title = *command.get_styles().get_usage();
    let template = format!(
        "{{before-help}}{{about-with-newline}}\n{title}{}{title:#} {{usage}}\n\n{{all-args}}{{after-help}}",
        usage::USAGE
    );
    let help = Arg::new("help").short('h').long("help").action(ArgAction::Help);
    command
        .help_template(template)
        .subcommand_help_heading(usage::COMMANDS)
        .subcommand_value_name(usage::COMMAND_NAME)
        .disable_help_flag(true)
        .disable_help_subcommand(true)
        .mut_args(told)
        .arg(help.help(usage::HELP).help_heading(usage::OPTIONS))
        .mut_subcommands(dressed)
}

/// An argument whose possible values and default are told with its meaning.
fn told(arg: Arg) -> Arg {
    let heading = match (arg.is_positional(), arg.is_global_set()) {
        (true, _) => usage::ARGUMENTS,
        (false, true) => usage::GLOBAL_OPTIONS,
        (false, false) => usage::OPTIONS,
    };
    let arg = arg.help_heading(heading);
    if !arg.get_action().takes_values() {
        return arg;
    }
    let mut help = vec![arg.get_help().map(ToString::to_string).unwrap_or_default()];
    let possible: Vec<String> =
        arg.get_possible_values().iter().map(|value| value.get_name().to_owned()).collect();
    let default = arg.get_default_values().iter();
    let default: Vec<String> = default.map(|value| value.to_string_lossy().into_owned()).collect();
    help.extend((!possible.is_empty()).then(|| usage::possible(&possible)));
    help.extend((!default.is_empty()).then(|| usage::default_of(&default)));
    arg.help(help.join(" ")).hide_possible_values(true).hide_default_value(true)
}

/// Rewords the usage line of a command that is built, and of all below it.
fn word_usage(command: &mut Command) {
    let line = command.render_usage().to_string();
    let own = worded(&line);
    *command = std::mem::take(command).override_usage(own);
    command.get_subcommands_mut().for_each(word_usage);
}

fn worded(line: &str) -> String {
    line.trim().trim_start_matches(ENGLISH_USAGE).replace(ENGLISH_OPTIONS, usage::SOME_OPTIONS)
}

/// `padankerja help match` asks for the same as `padankerja match --help`.
pub(super) fn asked(mut arguments: Vec<OsString>) -> Vec<OsString> {
    if arguments.get(1).is_some_and(|first| first == "help") {
        arguments.remove(1);
        arguments.push("--help".into());
    }
    arguments
}

/// What is said about wrong use: what is wrong, what may have been meant, how the command is used.
pub(super) fn complaint(error: &clap::Error) -> String {
    let mut lines = vec![what(error)];
    let suggested =
        [ContextKind::SuggestedSubcommand, ContextKind::SuggestedArg, ContextKind::SuggestedValue];
    let suggested: Vec<String> = suggested.into_iter().flat_map(|kind| texts(error, kind)).collect();
    lines.extend((!suggested.is_empty()).then(|| usage::meant(&suggested)));
    if let Some(ContextValue::StyledStr(line)) = error.get(ContextKind::Usage) {
        lines.push(format!("{} {}", usage::USAGE, worded(&line.to_string())));
    }
    lines.push(usage::MORE.to_owned());
    lines.join("\n")
}

fn what(error: &clap::Error) -> String {
    let all = |kind| texts(error, kind);
    let one = |kind| texts(error, kind).into_iter().next().unwrap_or_default();
    let argument = || one(ContextKind::InvalidArg);
    match error.kind() {
        ErrorKind::InvalidValue if one(ContextKind::InvalidValue).is_empty() => {
            match all(ContextKind::ValidValue) {
                possible if possible.is_empty() => usage::needs_value(&argument()),
                possible => usage::not_possible(&argument(), "", &possible),
            }
        }
        ErrorKind::InvalidValue => {
            usage::not_possible(&argument(), &one(ContextKind::InvalidValue), &all(ContextKind::ValidValue))
        }
        ErrorKind::UnknownArgument => usage::unknown_argument(&argument()),
        ErrorKind::InvalidSubcommand => usage::unknown_command(&one(ContextKind::InvalidSubcommand)),
        ErrorKind::NoEquals => usage::no_equals(&argument()),
        ErrorKind::ValueValidation => {
            let why =
                std::error::Error::source(error).map_or_else(|| usage::NO_VALUE.to_owned(), values::why);
            usage::refused(&argument(), &one(ContextKind::InvalidValue), &why)
        }
        ErrorKind::TooManyValues => usage::too_many_values(&argument(), &one(ContextKind::InvalidValue)),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            let wanted = all(ContextKind::ExpectedNumValues).into_iter().chain(all(ContextKind::MinValues));
            let wanted = wanted.collect::<Vec<_>>().concat();
            usage::number_of_values(&argument(), &wanted, &one(ContextKind::ActualNumValues))
        }
        ErrorKind::ArgumentConflict => usage::conflict(&argument(), &all(ContextKind::PriorArg)),
        ErrorKind::MissingRequiredArgument => usage::missing(&all(ContextKind::InvalidArg)),
        ErrorKind::MissingSubcommand => usage::missing_command(&all(ContextKind::ValidSubcommand)),
        ErrorKind::InvalidUtf8 => usage::NOT_UTF8.to_owned(),
        _ => usage::WRONG.to_owned(),
    }
}

fn texts(error: &clap::Error, kind: ContextKind) -> Vec<String> {
    match error.get(kind) {
        Some(ContextValue::String(text)) => vec![text.clone()],
        Some(ContextValue::Strings(texts)) => texts.clone(),
        Some(ContextValue::Number(number)) => vec![number.to_string()],
        _ => Vec::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli::command;

    /// The parser's own words, and small words no sentence of English does without.
    const ENGLISH: &str = r"(?x)\b(Usage|Options?|OPTIONS|Commands?|COMMAND|Arguments?|Print|error|tip|unexpected|
        invalid|required|provided|expected|similar|Possible\ values|possible\ values|default:|the|of|for|and|with|is|are|
        this|that|from|when|which|not|found|digit|character|premature|input)\b";

    /// What stands for a value in help.
    const VALUE_NAMES: &[&str] = &[
        "ALAMAT:PORTA",
        "ANGKA",
        "BERKAS",
        "BULAN",
        "DASAR",
        "EDGES.csv",
        "FOLDER",
        "HAK",
        "HARI",
        "HASIL",
        "HEKSADESIMAL",
        "ID",
        "ID=HASIL",
        "ID|JUDUL",
        "ID|NAMA",
        "JAWABAN",
        "JENIS",
        "JUDUL=BIDANG",
        "JUMLAH",
        "KATA",
        "KEADAAN",
        "KEBIJAKAN",
        "KEBIJAKAN LAIN",
        "KODE|NAMA",
        "MACAM",
        "NAMA",
        "NOMOR",
        "OUT.csv",
        "PEMBACA",
        "PERAN",
        "PORTA",
        "PROSES",
        "SEATS.csv",
        "SHELL",
        "SIAPA",
        "TAHUN",
        "TANGGAL",
        "TANGGAL BARU",
        "TEKS",
        "URL",
        "YA|TIDAK",
        "sample",
    ];

    fn each(command: &mut Command, look: &mut impl FnMut(&mut Command)) {
        look(command);
        command.get_subcommands_mut().for_each(|below| each(below, look));
    }

    fn english(text: &str) -> Vec<String> {
        let flag = regex::Regex::new("--[a-z-]+").unwrap();
        let found = regex::Regex::new(ENGLISH).unwrap();
        found.find_iter(&flag.replace_all(text, "")).map(|word| word.as_str().to_owned()).collect()
    }

    #[test]
    fn all_help_is_in_bahasa_indonesia() {
        let mut seen = 0;
        each(&mut command(), &mut |command| {
            seen += 1;
            for text in [command.render_help().to_string(), command.render_long_help().to_string()] {
                assert_eq!(english(&text), Vec::<String>::new(), "{text}");
                assert!(text.contains("Pemakaian: padankerja") && text.contains(usage::HELP), "{text}");
            }
            assert!(command.get_about().is_some(), "{} says nothing about itself", command.get_name());
        });
        assert!(seen > 25, "{seen}");
    }

    #[test]
    fn every_argument_says_what_it_means_and_names_its_value() {
        each(&mut command(), &mut |command| {
            for arg in command.get_arguments() {
                let place = format!("{} {}", command.get_name(), arg.get_id());
                assert!(arg.get_help().is_some_and(|help| help.to_string().len() > 4), "{place}");
                if !arg.get_action().takes_values() {
                    continue;
                }
                let names = arg.get_value_names().unwrap_or_default();
                assert!(!names.is_empty(), "{place}");
                assert!(names.iter().all(|name| VALUE_NAMES.contains(&name.as_str())), "{place}: {names:?}");
            }
        });
    }

    #[test]
    fn defaults_and_possible_values_are_told() {
        let mut whole = command();
        let explain = whole.find_subcommand_mut("explain").unwrap().render_help().to_string();
        assert!(explain.contains("[boleh: person, staff, employer] [bawaan: staff]"), "{explain}");
        assert!(explain.contains("Pemakaian: padankerja explain [PILIHAN] [ID|NAMA]"), "{explain}");
    }

    #[test]
    fn what_every_command_takes_stands_apart() {
        let people = command().find_subcommand_mut("people").unwrap().render_help().to_string();
        let (own, common) = people.split_once(usage::GLOBAL_OPTIONS).unwrap();
        assert!(own.contains("--name") && !own.contains("--data-dir"), "{people}");
        assert!(common.contains("--data-dir") && common.contains("--config"), "{people}");
    }

    fn said(arguments: &[&str]) -> String {
        let all = std::iter::once("padankerja").chain(arguments.iter().copied());
        complaint(&command().try_get_matches_from(all).unwrap_err())
    }

    #[test]
    fn wrong_use_is_told_with_argument_and_value() {
        for (arguments, parts) in [
            (&["mach"][..], &["perintah \"mach\" tidak dikenal", "mungkin maksudnya: match"][..]),
            (&["match", "--polcy", "x"], &["\"--polcy\" tidak dikenal", "maksudnya: --policy"]),
            (&["match", "--top"], &["--top <JUMLAH> perlu nilai"]),
            (&["match", "--top", "x"], &["nilai \"x\" untuk --top <JUMLAH>", "bilangan bulat"]),
            (&["match", "--json", "--json"], &["--json disebut lebih dari satu kali"]),
            (&["match", "--json=yes"], &["nilai \"yes\" untuk --json terlalu banyak"]),
            (&["match", "--as-of", "besok"], &["nilai \"besok\" untuk --as-of", "2026-12-31"]),
            (&["demo", "--people", "1"], &["nilai \"1\" untuk --people", "di antara 16 dan 500000"]),
            (&["publish", "7"], &["nilai \"7\" untuk <PROSES>", "harus id seperti"]),
            (&["publish"], &["belum disebut: <PROSES>", "Pemakaian: padankerja publish [PILIHAN] <PROSES>"]),
            (&["import", "cats", "x"], &["nilai \"cats\" untuk <JENIS>", "employers, vacancies, people"]),
            (
                &["rank", "--text", "a", "--vacancy", "0199a3c2-7f1e-7c4b-9d10-2b6a5e4f3c21"],
                &["tidak dapat dipakai bersama"],
            ),
            (
                &["user", "create", "--login", "a", "--role", "king"],
                &["nilai \"king\" untuk --role", "bukan peran"],
            ),
            (&["serve", "--listen", "here"], &["nilai \"here\" untuk --listen", "127.0.0.1:8080"]),
            (&["doctor", "x"], &["argumen \"x\" tidak dikenal"]),
        ] {
            let text = said(arguments);
            for part in parts.iter().chain(&[usage::MORE]) {
                assert!(text.contains(part), "{part} is not in: {text}");
            }
            assert_eq!(english(&text), Vec::<String>::new(), "{text}");
        }
    }

    #[test]
    fn no_value_of_any_argument_is_refused_in_english() {
        let mut refused = 0;
        let mut paths = vec![(Vec::new(), command())];
        while let Some((path, at)) = paths.pop() {
            for arg in at.get_arguments().filter(|arg| arg.get_action().takes_values()) {
                let given = arg.get_long().map_or_else(|| "?".to_owned(), |long| format!("--{long}=?"));
                let line: Vec<String> = path.iter().cloned().chain([given]).collect();
                let all = std::iter::once("padankerja".to_owned()).chain(line.clone());
                let Err(error) = command().try_get_matches_from(all) else { continue };
                refused += usize::from(error.kind() == ErrorKind::ValueValidation);
                let text = complaint(&error);
                assert_eq!(english(&text), Vec::<String>::new(), "{line:?}: {text}");
            }
            for below in at.get_subcommands() {
                let further = path.iter().cloned().chain([below.get_name().to_owned()]).collect();
                paths.push((further, below.clone()));
            }
        }
        assert!(refused > 15, "{refused}");
    }
}
