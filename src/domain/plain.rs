//! Which characters a text that people wrote may hold, wherever it comes in (file, form, login). PostgreSQL cannot keep
//! U+0000 and SQLite can: what one of the two refuses is refused before either sees it.

/// The first character that is refused: control characters other than the ends of lines and the tab, and the marks that
/// turn the direction of a text, with which a name can be made to read as another.
pub fn refused(text: &str) -> Option<char> {
    text.chars().find(|c| is_control(*c) || turns_direction(*c))
}

/// The first control character other than the ends of lines and the tab.
pub fn control(text: &str) -> Option<char> {
    text.chars().find(|c| is_control(*c))
}

/// The text without what is refused.
pub fn cleaned(text: &str) -> String {
    text.chars().filter(|c| !is_control(*c) && !turns_direction(*c)).collect()
}

fn is_control(c: char) -> bool {
    c.is_control() && !matches!(c, '\t' | '\n' | '\r')
}

/// The bidirectional controls of Unicode (UAX 9).
fn turns_direction(c: char) -> bool {
    matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}')
}

/// Whether a text holds a NIK: sixteen digits, alone or in groups, that can be one. A NIK belongs into its own column,
/// where it is encrypted; in a name or an address it would be stored in clear and quoted.
pub fn holds_nik(text: &str) -> bool {
    let (mut groups, mut gap) = (vec![String::new()], false);
    for c in text.chars().chain(std::iter::once('|')) {
        match c {
            '0'..='9' => {
                if gap {
                    groups.push(String::new());
                }
                gap = false;
                if let Some(last) = groups.last_mut() {
                    last.push(c);
                }
            }
            ' ' | '.' | '-' if !gap => gap = true,
            _ => {
                if any_nik(&groups) {
                    return true;
                }
                (groups, gap) = (vec![String::new()], false);
            }
        }
    }
    false
}

/// Whether some neighbouring groups of digits are a NIK together.
fn any_nik(groups: &[String]) -> bool {
    (0..groups.len()).any(|from| {
        let mut digits = String::new();
        groups.iter().skip(from).any(|group| {
            digits.push_str(group);
            digits.len() == 16 && crate::domain::nik::Nik::parse(&digits).is_ok()
        })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_seen_is_refused_and_lines_are_not() {
        for text in ["SITI\0", "a\u{7}b", "\u{85}", "x\u{202e}y", "\u{2066}nama"] {
            assert!(refused(text).is_some(), "{text:?}");
            assert!(refused(&cleaned(text)).is_none(), "{text:?}");
        }
        for text in ["Nur A'ini", "dua\nbaris\r\n\tbaru", "Jl. Mawar — 5 ✓", "é"] {
            assert_eq!(refused(text), None, "{text:?}");
            assert_eq!(cleaned(text), text);
        }
        assert_eq!(control("\u{202a}0812\u{202c}"), None);
    }

    #[test]
    fn a_nik_is_seen_however_it_is_grouped() {
        for text in [
            "BUDI 9911044205010001",
            "menjahit 9911044205010001 081277776666",
            "NIK 9911 0442 0501 0001 Jl. Mawar",
            "(9911.0442.0501.0001)",
        ] {
            assert!(holds_nik(text), "{text}");
        }
        for text in ["081234567890", "Jl. Mawar 5 RT 02 RW 03 57552", "9911049901990002", "99110442050100011"]
        {
            assert!(!holds_nik(text), "{text}");
        }
    }
}
