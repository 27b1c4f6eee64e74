//! Small readers of free text in cells: lists, yes and no, counts, months, kilometres, HTML.
//!
//! Belongs here: text to plain values. Does not belong here: meaning of job titles and skills (`reading`), lengths of time
//! (`domain::duration`).

use crate::domain::duration::{self, BareUnit};

/// Items of a list cell: split at `;`, line ends and `|`, else at commas. "tidak ada" is a list of nothing.
pub fn list(text: &str) -> Vec<String> {
    if says_none(text) {
        return Vec::new();
    }
    let strong = |c: char| matches!(c, ';' | '\n' | '|');
    let separators: &dyn Fn(char) -> bool = if text.contains(strong) { &strong } else { &|c| c == ',' };
    let items = text.split(separators).map(|item| item.trim().trim_start_matches(['-', '•', '*']).trim());
    items.filter(|item| !item.is_empty()).map(str::to_owned).collect()
}

/// True for "tidak ada", "tanpa keahlian khusus" and the like: said, and said to be nothing.
pub fn says_none(text: &str) -> bool {
    let lower = text.trim().to_lowercase();
    [
        "tidak",
        "tidak ada",
        "tanpa",
        "tidak perlu",
        "tidak disyaratkan",
        "tidak wajib",
        "none",
        "bebas",
        "belum ada",
        "blm ada",
        "tdk ada",
        "belum punya",
        "tidak punya",
    ]
    .contains(&lower.as_str())
        || ["tanpa ", "tidak ada ", "tidak perlu ", "tidak disyaratkan "]
            .iter()
            .any(|start| lower.starts_with(start))
}

/// Yes or no.
pub fn yes_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "ya" | "y" | "iya" | "1" | "true" | "bisa" | "bersedia" | "mau" | "boleh" | "yes" | "siap"
        | "setuju" => Some(true),
        "tidak" | "t" | "n" | "0" | "false" | "tidak bisa" | "tidak bersedia" | "tidak setuju" | "tdk"
        | "no" => Some(false),
        _ => None,
    }
}

/// Whether an employer offers something, or works in some way: yes, no, or that it is not known yet. `None` when unreadable.
pub fn offered(text: &str) -> Option<Option<bool>> {
    let lower = text.to_lowercase();
    let words: Vec<&str> =
        lower.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).collect();
    if let [_] | [_, _] = words.as_slice()
        && let Some(plain) = yes_no(&words.join(" "))
    {
        return Some(Some(plain));
    }
    let is = |known: &[&str]| words.first().is_some_and(|first| known.contains(first));
    let in_shifts = words.iter().any(|word| matches!(*word, "shift" | "shifting" | "sif" | "bergilir"));
    match words.as_slice() {
        ["belum" | "tidak" | "tdk" | "blm", "tahu" | "diketahui" | "pasti" | "ditanyakan"] | ["unknown"] => {
            Some(None)
        }
        ["1" | "satu", _] if in_shifts => Some(Some(false)),
        _ if is(&["tidak", "tdk", "tanpa", "non", "bukan", "belum", "blm", "no"]) => Some(Some(false)),
        [.., "tidak" | "tdk" | "belum", "ada" | "tersedia" | "disediakan"] => Some(Some(false)),
        ["ada" | "tersedia" | "disediakan" | "dapat" | "gratis", ..] => Some(Some(true)),
        [.., "ada" | "tersedia" | "disediakan"] => Some(Some(true)),
        _ if in_shifts => Some(Some(true)),
        _ => None,
    }
}

/// A whole number, `12`, `12.0` or `12 orang`; nothing else.
pub fn count(text: &str) -> Option<u32> {
    let text = text.trim();
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    let (digits, rest) = text.split_at_checked(end)?;
    let rest = rest.strip_prefix(".0").unwrap_or(rest).trim().to_lowercase();
    let unit =
        ["", "orang", "org", "kursi", "pax", "tahun", "thn", "th"].contains(&rest.trim_end_matches('.'));
    if unit { digits.parse().ok() } else { None }
}

/// Months of experience that a vacancy asks for: any length of `domain::duration`, and 0 for "fresh graduate", "tanpa
/// pengalaman", and lengths that are an upper limit or only preferred. `None` when unreadable or beyond 50 years.
pub fn months(text: &str, bare: BareUnit) -> Option<u32> {
    let lower = text.trim().to_lowercase();
    let none = ["fresh", "non pengalaman", "belum berpengalaman", "tidak berpengalaman"];
    let wish = ["diutamakan", "lebih disukai", "disukai", "nilai plus", "maks"];
    if says_none(&lower)
        || none.iter().any(|words| lower.contains(words))
        || wish.iter().any(|start| lower.starts_with(start))
    {
        return Some(0);
    }
    duration::months(&lower, bare).filter(|months| *months <= MOST_ASKED)
}

/// Nobody is asked for more than fifty years.
const MOST_ASKED: u32 = 600;

/// Metres from kilometres: `15`, `7,5 km`. `None` when unreadable or beyond 1,000 km.
pub fn metres_from_km(text: &str) -> Option<u32> {
    let lower = text.trim().to_lowercase();
    let digits = lower.trim_end_matches("km").trim().replace(',', ".");
    let (whole, fraction) = digits.split_once('.').unwrap_or((&digits, ""));
    let fraction: String = fraction.chars().chain("000".chars()).take(3).collect();
    let metres = whole.parse::<u32>().ok()?.checked_mul(1_000)?.checked_add(fraction.parse().ok()?)?;
    (metres <= 1_000_000).then_some(metres)
}

/// Plain text of an HTML fragment: block ends become line ends, list items get a dash, entities are decoded, runs of
/// blanks are joined.
pub fn strip_html(html: &str) -> String {
    let mut plain = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        plain.push_str(&rest[..at]);
        rest = &rest[at..];
        rest =
            if rest.starts_with('<') { skip_tag(rest, &mut plain) } else { decode_entity(rest, &mut plain) };
    }
    plain.push_str(rest);
    let lines = plain.lines().map(|line| line.split_whitespace().collect::<Vec<_>>().join(" "));
    let lines: Vec<String> = lines.filter(|line| !line.is_empty() && line != "-").collect();
    lines.join("\n")
}

/// Passes over the tag `rest` starts with, leaving its trace in `plain`. A lone `<` is kept.
fn skip_tag<'a>(rest: &'a str, plain: &mut String) -> &'a str {
    let looks_like_tag = rest[1..].starts_with(|c: char| c.is_ascii_alphabetic() || c == '/' || c == '!');
    let Some(end) = rest.find('>').filter(|_| looks_like_tag) else {
        plain.push('<');
        return &rest[1..];
    };
    let inner = rest[1..end].to_lowercase();
    let name: String =
        inner.trim_start_matches('/').chars().take_while(char::is_ascii_alphanumeric).collect();
    if matches!(name.as_str(), "script" | "style") && !inner.starts_with('/') {
        return after_element(&rest[end + 1..], &name);
    }
    match name.as_str() {
        "li" if !inner.starts_with('/') => plain.push_str("\n- "),
        "br" | "p" | "div" | "li" | "ul" | "ol" | "tr" | "h1" | "h2" | "h3" | "h4" | "h5" | "h6" => {
            plain.push('\n')
        }
        "td" | "th" => plain.push(' '),
        _ => {}
    }
    &rest[end + 1..]
}

/// What follows the element of a program or a style, whose text is nobody's to read.
fn after_element<'a>(rest: &'a str, name: &str) -> &'a str {
    let closing = format!("</{name}");
    let lower = rest.to_ascii_lowercase();
    let end = lower.find(&closing).and_then(|at| Some(at + lower.get(at..)?.find('>')? + 1));
    end.and_then(|end| rest.get(end..)).unwrap_or_default()
}

/// Decodes the entity `rest` starts with; what is none stays as it is.
fn decode_entity<'a>(rest: &'a str, plain: &mut String) -> &'a str {
    let Some(end) = rest.find(';').filter(|end| *end <= 10) else {
        plain.push('&');
        return &rest[1..];
    };
    let decoded = match &rest[1..end] {
        "amp" => Some('&'),
        "lt" => Some('<'),
        "gt" => Some('>'),
        "quot" | "ldquo" | "rdquo" => Some('"'),
        "apos" | "lsquo" | "rsquo" => Some('\''),
        "nbsp" | "ensp" | "emsp" | "thinsp" => Some(' '),
        "bull" | "middot" => Some('•'),
        "ndash" => Some('–'),
        "mdash" => Some('—'),
        "hellip" => Some('…'),
        "eacute" => Some('é'),
        other => numeric_entity(other),
    };
    let Some(decoded) = decoded else {
        plain.push('&');
        return &rest[1..];
    };
    // `&#0;` names a character that no text may hold.
    if crate::domain::plain::refused(decoded.encode_utf8(&mut [0; 4])).is_none() {
        plain.push(decoded);
    }
    &rest[end + 1..]
}

fn numeric_entity(name: &str) -> Option<char> {
    let number = name.strip_prefix('#')?;
    let code = match number.strip_prefix(['x', 'X']) {
        Some(hex) => u32::from_str_radix(hex, 16).ok()?,
        None => number.parse().ok()?,
    };
    char::from_u32(code)
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn lists() {
        assert_eq!(list("menjahit; obras ;;rapi, cepat"), ["menjahit", "obras", "rapi, cepat"]);
        assert_eq!(list("menjahit, obras"), ["menjahit", "obras"]);
        assert_eq!(list("- las\n- gerinda"), ["las", "gerinda"]);
        assert!(list("tidak ada").is_empty());
        assert!(list("Tanpa keahlian khusus").is_empty());
    }

    #[test]
    fn counts() {
        assert_eq!(count("12"), Some(12));
        assert_eq!(count("12.0"), Some(12));
        assert_eq!(count("5 orang"), Some(5));
        for text in ["", "-1", "1,5", "banyak", "2 - 3", "1.5", "99999999999"] {
            assert_eq!(count(text), None, "{text}");
        }
    }

    #[test]
    fn months_of_experience() {
        let cases = [
            ("24", 24),
            ("2 tahun", 24),
            ("1,5 th", 18),
            ("18 bulan", 18),
            ("18bln", 18),
            ("2th", 24),
            ("1 - 3 tahun pengalaman", 12),
            ("6-10 Tahun", 72),
            ("Fresh Graduate", 0),
            ("tanpa pengalaman", 0),
            ("min. 1 tahun", 12),
            ("1 tahun 3 bulan", 15),
            ("60 hari", 2),
            ("1/2 tahun", 6),
            ("maks. 2 tahun", 0),
            ("diutamakan berpengalaman", 0),
            ("belum berpengalaman boleh", 0),
            ("20 tahun", 240),
        ];
        for (text, expected) in cases {
            assert_eq!(months(text, BareUnit::Months), Some(expected), "{text}");
        }
        assert_eq!(months("7", BareUnit::Years), Some(84));
        assert_eq!(months("lama", BareUnit::Months), None);
        assert_eq!(months("9999", BareUnit::Months), None);
    }

    #[test]
    fn kilometres() {
        assert_eq!(metres_from_km("15"), Some(15_000));
        assert_eq!(metres_from_km("7,5 km"), Some(7_500));
        assert_eq!(metres_from_km("0.25"), Some(250));
        for text in ["", "jauh", "-3", "5000", "1.2.3"] {
            assert_eq!(metres_from_km(text), None, "{text}");
        }
    }

    #[test]
    fn html_becomes_text() {
        let html = "<p>&bull; Pria / wanita usia max 30th<br />&bull; Mahir&nbsp;media &amp; sosial</p><ul><li>A</li><li>B &lt; C</li></ul>";
        assert_eq!(strip_html(html), "• Pria / wanita usia max 30th\n• Mahir media & sosial\n- A\n- B < C");
        assert_eq!(strip_html("a < b & c; d &#233; &#x41;"), "a < b & c; d é A");
        assert_eq!(strip_html("<strong style=\"color: red\">Tugas:</strong>"), "Tugas:");
    }

    proptest! {
        #[test]
        fn nothing_panics(text in "\\PC{0,40}") {
            let _ = list(&text);
            let _ = count(&text);
            let _ = months(&text, BareUnit::Years);
            let _ = metres_from_km(&text);
            let _ = strip_html(&text);
        }

        #[test]
        fn no_tag_survives(words in proptest::collection::vec("[a-z]{1,6}", 1..6)) {
            let html = words.iter().map(|word| format!("<p class=\"x\">{word}</p>")).collect::<String>();
            prop_assert_eq!(strip_html(&html), words.join("\n"));
        }
    }
}
