//! Pieces of text that others wrote, made fit to be quoted: one line, short, without numbers that identify somebody and
//! without welfare data. Also the length of lines. No sentence stands here.

/// Words of welfare data: a line with one of them is not quoted to anybody.
const WELFARE: [&str; 4] = ["desil", "dtsen", "dtks", "p3ke"];
/// What stands for a hidden number.
const HIDDEN: &str = "[nomor]";

/// A line to be quoted, at most so many characters; `None` when nothing of it may or can be shown.
pub fn quote(text: &str, most: usize) -> Option<String> {
    let line = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let lower = line.to_lowercase();
    if line.is_empty() || WELFARE.iter().any(|word| lower.contains(word)) {
        return None;
    }
    Some(shorten(&without_numbers(&line).replace('"', "'"), most))
}

/// A quoted line in its marks.
pub fn quoted(text: &str, most: usize) -> Option<String> {
    quote(text, most).map(|line| format!("\"{line}\""))
}

/// At most so many characters; a cut is shown.
pub fn shorten(text: &str, most: usize) -> String {
    if text.chars().count() <= most {
        return text.to_owned();
    }
    let kept: String = text.chars().take(most.saturating_sub(1)).collect();
    format!("{}…", kept.trim_end())
}

/// `head`, then as many of the parts as fit within `most` characters with the tail, at least the first one.
pub fn fitting(head: &str, parts: &[String], tail: &str, most: usize) -> Option<String> {
    let mut line = format!("{head}{}", parts.first()?);
    for part in parts.iter().skip(1) {
        let longer = format!("{line}; {part}");
        if longer.chars().count() + tail.chars().count() > most {
            break;
        }
        line = longer;
    }
    Some(shorten(&format!("{line}{tail}"), most))
}

/// Hides NIKs and telephone numbers: nine digits and more in a row, fifteen in groups, nine in groups after a 0 or +.
fn without_numbers(line: &str) -> String {
    let chars: Vec<char> = line.chars().collect();
    let mut out = String::with_capacity(line.len());
    let mut at = 0;
    while let Some(&here) = chars.get(at) {
        if !here.is_ascii_digit() {
            out.push(here);
            at += 1;
            continue;
        }
        let end = end_of_number(&chars, at);
        let number = &chars[at..end];
        let is_dialled = here == '0' || out.ends_with('+');
        if is_personal(number, is_dialled) {
            out.push_str(HIDDEN);
        } else {
            out.extend(number);
        }
        at = end;
    }
    out
}

/// Where digits with single marks between them end.
fn end_of_number(chars: &[char], start: usize) -> usize {
    let digit = |at: usize| chars.get(at).is_some_and(char::is_ascii_digit);
    let mark = |at: usize| chars.get(at).is_some_and(|c| matches!(c, ' ' | '-' | '.' | '/'));
    let mut end = start;
    while digit(end) || (mark(end) && digit(end + 1)) {
        end += 1;
    }
    end
}

fn is_personal(number: &[char], is_dialled: bool) -> bool {
    let digits = number.iter().filter(|c| c.is_ascii_digit()).count();
    let longest = number.split(|c| !c.is_ascii_digit()).map(<[char]>::len).max().unwrap_or(0);
    longest >= 9 || digits >= 15 || (is_dialled && digits >= 9)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn identifying_numbers_are_hidden_and_wages_are_not() {
        for hidden in
            ["9911045501900001", "9911 0455 0190 0001", "0860-1234-5678", "+62 860 1234 5678", "0271591234"]
        {
            let found = quote(&format!("hubungi {hidden} segera"), 100).unwrap();
            assert!(found.starts_with("hubungi ") && found.ends_with("[nomor] segera"), "{found}");
            assert!(!found.chars().any(|c| c.is_ascii_digit()), "{found}");
        }
        for kept in ["upah 2.600.000 - 3.000.000", "operator jahit 24 bulan", "KBJI 2014, 3 kursi"] {
            assert_eq!(quote(kept, 100).as_deref(), Some(kept));
        }
    }

    #[test]
    fn welfare_data_is_not_quoted_and_long_lines_are_cut() {
        assert_eq!(quote("keluarga Desil 1", 100), None);
        assert_eq!(quote("  \n ", 100), None);
        assert_eq!(quoted("bisa \"obras\"", 100).as_deref(), Some("\"bisa 'obras'\""));
        assert_eq!(shorten("menjahit pakaian", 9), "menjahit…");
    }

    #[test]
    fn parts_are_added_while_they_fit() {
        let parts = ["satu".to_owned(), "dua".to_owned(), "tiga".to_owned()];
        assert_eq!(fitting("a: ", &parts, ".", 13).as_deref(), Some("a: satu; dua."));
        assert_eq!(fitting("a: ", &[], ".", 13), None);
    }
}
